using System.Net;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>Telegram's own parser takes what is rendered, whatever clients and exceptions wrote.</summary>
public sealed partial class TelegramParserTests
{
    private static readonly string[] Allowed = ["textEntityTypeBold", "textEntityTypeItalic"];

    [Fact]
    public void The_parser_refuses_what_Telegram_refuses()
    {
        var parser = TelegramParser.OrSkip();

        Assert.Equal("a < b", parser.Read("<b>a</b> &lt; b").Text);
        Assert.Throws<FormatException>(() => parser.Read("<b>x"));
        Assert.Throws<FormatException>(() => parser.Read("a < b"));
        Assert.Throws<FormatException>(() => parser.Read("<span>x</span>"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Telegram_takes_every_message_and_reads_it_as_it_was_meant(int seed)
    {
        var parser = TelegramParser.OrSkip();
        var random = new Random(seed);
        for (int i = 0; i < 2_500; i++)
        {
            AlertNotification hostile = HostileMessage.Next(random);
            TelegramMessage message = TelegramEncoder.Encode(hostile, AlertTexts.In(AlertLanguage.Ru));

            (string text, IReadOnlyList<string> markup) = parser.Read(message.Html);

            Assert.InRange(text.Length, 1, TelegramEncoder.Longest);
            Assert.DoesNotContain(markup, kind => !Allowed.Contains(kind) && !IsFound(kind));
            Assert.Equal(WebUtility.HtmlDecode(Tags().Replace(message.Html, "")).Trim(), text.Trim());
        }
    }

    // Addresses, mentions and commands in plain text are found by Telegram itself, as everywhere.
    private static bool IsFound(string kind) => kind is "textEntityTypeUrl" or "textEntityTypeMention" or "textEntityTypeBotCommand" or "textEntityTypeHashtag" or "textEntityTypeEmailAddress";

    [GeneratedRegex("</?[bi]>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
