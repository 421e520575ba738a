using System.Text;
using Mcp.Monitoring.Alerting.Channels.Email;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

public sealed class RecipientProgressTests
{
    private static readonly string[] Everybody = [.. Enumerable.Range(0, 50).Select(i => $"somebody.with.a.long.name.{i}@a.long.domain.company.com")];

    [Fact]
    public void Who_has_it_and_who_never_will_is_read_back()
    {
        var first = RecipientProgress.Of(Mail.Notification);
        first.Taken(Everybody[0]);
        first.Refused(Everybody[1]);

        var second = RecipientProgress.Of(Mail.Notification with { Progress = first.Next() });

        Assert.Equal([false, false, true], Everybody.Take(3).Select(second.NeedsAttempt));
        Assert.True(second.IsTaken);
    }

    [Fact]
    public void Fifty_addresses_are_stored_in_less_than_there_is_room_for()
    {
        var progress = RecipientProgress.Of(Mail.Notification);
        foreach (string address in Everybody)
        {
            progress.Taken(address);
        }

        Assert.InRange(Encoding.UTF8.GetByteCount(progress.Next()), 1, 1_024);
        Assert.DoesNotContain(Everybody, RecipientProgress.Of(Mail.Notification with { Progress = progress.Next() }).NeedsAttempt);
    }

    [Fact]
    public void Progress_of_another_message_tells_nothing()
    {
        var progress = RecipientProgress.Of(Mail.Notification);
        progress.Taken(Everybody[0]);

        Assert.True(RecipientProgress.Of(Mail.Notification with { Id = "other", Progress = progress.Next() }).NeedsAttempt(Everybody[0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("1+AAAAAAAA")]
    [InlineData("+AAAA")]
    [InlineData("+AAAAAAAA\n")]
    [InlineData("*AAAAAAAA")]
    [InlineData("everything")]
    public void Progress_of_another_form_counts_as_none(string stored)
    {
        var progress = RecipientProgress.Of(Mail.Notification with { Progress = stored });

        Assert.False(progress.IsTaken);
    }
}
