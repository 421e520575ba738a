using Mcp.Monitoring.Alerting.Channels.Email;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

public sealed class MessageIdTests
{
    private const string Own = $"{Outage.Id}@company.com";

    [Fact]
    public void Message_id_is_the_same_at_each_attempt_and_another_for_each_message()
    {
        Assert.Equal(Own, MessageId.Of(Outage.Id, "company.com"));
        Assert.Matches("^[0-9a-f]{32}@company.com$", MessageId.Of("of another form >\r\n", "company.com"));
        Assert.Equal(MessageId.Of("other", "company.com"), MessageId.Of("other", "company.com"));
        Assert.NotEqual(MessageId.Of("other", "company.com"), MessageId.Of("another", "company.com"));
    }

    [Theory]
    [InlineData(Own, true)]
    [InlineData($"{Outage.Id}@localhost", true)]
    [InlineData($"{Outage.Id}@[10.0.0.1]", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData($"{Own}\n", false)]
    [InlineData($"{Own}\r\nBcc: x@y.z", false)]
    [InlineData($"{Own}>", false)]
    [InlineData($"<{Own}>", false)]
    [InlineData($"{Own} <x@y.z>", false)]
    [InlineData($"{Outage.Id}@", false)]
    [InlineData($"{Outage.Id}@-x", false)]
    [InlineData("1234@company.com", false)]
    [InlineData("0199A0C0D1E2F30415263748596A7B8C@company.com", false)]
    public void Reference_that_is_not_of_our_own_making_is_none(string? stored, bool isOwn)
    {
        Assert.Equal(isOwn ? stored : null, EmailThread.Of(Mail.Notification with { ThreadReference = stored })?.First);
    }

    [Fact]
    public void Reference_of_a_mail_is_read_back()
    {
        foreach (string domain in (string[])["company.com", "localhost", "[10.0.0.1]", "xn--80ak6aa92e.com"])
        {
            string id = MessageId.Of(Outage.Id, domain);

            Assert.Equal(new EmailThread(id, Topic: null), EmailThread.Of(Mail.Notification with { ThreadReference = id }));
        }
    }
}
