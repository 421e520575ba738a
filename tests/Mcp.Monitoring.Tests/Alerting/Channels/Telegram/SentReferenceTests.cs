using Mcp.Monitoring.Alerting.Channels.Telegram;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

public class SentReferenceTests
{
    [Theory]
    [InlineData("-100123", 5)]
    [InlineData("@on_call", int.MaxValue)]
    public void A_reference_is_read_back_in_its_chat_only(string chat, int message)
    {
        string reference = SentReference.Of(chat, message);

        Assert.Equal(message, SentReference.In(chat, reference));
        Assert.Null(SentReference.In("-5", reference));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1")]
    [InlineData("1:")]
    [InlineData("1:0")]
    [InlineData("1:-7")]
    [InlineData("1: 7")]
    [InlineData("1:7\n")]
    [InlineData("1:7:8")]
    [InlineData("1:99999999999")]
    public void What_is_none_is_none(string? reference) => Assert.Null(SentReference.In("1", reference));
}
