using Mcp.Monitoring.Alerting.Channels.Telegram;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

public class AnswerCodeTests
{
    private static readonly Answer Known = new(AnswerAction.Acknowledge, 42, AnswerCode.MessageOf("a message"), new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero));
    private readonly AnswerCode _code = new("123456:ABC", "orders-mcp", "-1001234");

    [Theory]
    [InlineData((byte)AnswerAction.Acknowledge, 1)]
    [InlineData((byte)AnswerAction.Silence, 0)]
    [InlineData((byte)AnswerAction.Resolve, int.MaxValue)]
    public void A_code_is_read_back_and_fits_into_64_bytes(byte action, int incident)
    {
        Answer answer = Known with { Action = (AnswerAction)action, Incident = incident };

        string text = _code.Write(answer);

        Assert.InRange(text.Length, 1, 64);
        Assert.True(text.All(char.IsAscii));
        Assert.Equal(answer, _code.Read(text));
    }

    [Fact]
    public void No_character_of_a_code_can_be_changed()
    {
        string text = _code.Write(Known);
        for (int i = 0; i < text.Length; i++)
        {
            char[] changed = text.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Null(_code.Read(new string(changed)));
        }
    }

    [Theory]
    [InlineData("123456:ABD", "orders-mcp", "-1001234")]
    [InlineData("123456:ABC", "stock-mcp", "-1001234")]
    [InlineData("123456:ABC", "orders-mcp", "-1001235")]
    [InlineData("123456:ABC", "mcp", "-1001234\norders-")]
    public void A_code_of_another_token_service_or_chat_is_none(string token, string service, string chat)
    {
        Assert.Null(_code.Read(new AnswerCode(token, service, chat).Write(Known)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ack:42")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("   AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_code_is_none(string? text) => Assert.Null(_code.Read(text));

    [Fact]
    public void Further_attempts_have_the_same_name_and_other_messages_another()
    {
        Assert.Equal(AnswerCode.MessageOf("a"), AnswerCode.MessageOf("a"));
        Assert.NotEqual(AnswerCode.MessageOf("a"), AnswerCode.MessageOf("b"));
    }
}
