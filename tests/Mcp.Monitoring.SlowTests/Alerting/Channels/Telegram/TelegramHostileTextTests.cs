using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

/// <summary>Whatever a client or an exception wrote arrives to the letter, and does nothing.</summary>
public sealed partial class TelegramHostileTextTests
{
    // 10,000 messages in all.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_text_arrives_as_it_is_and_harms_nothing(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++)
        {
            AlertNotification hostile = HostileMessage.Next(random);
            int spare = random.Next(2) * 240;
            TelegramMessage message = TelegramEncoder.Encode(hostile, AlertTexts.In(AlertLanguage.En), spare);

            string read = Unmarked(message.Html);
            Assert.InRange(read.Length, 1, TelegramEncoder.Longest - spare);
            Assert.InRange(message.Plain.Length, 1, TelegramEncoder.Longest - spare);
            Assert.InRange(Encoding.UTF8.GetByteCount(message.Html), 1, 32_768);
            Assert.DoesNotMatch(Unseen(), read);
            Assert.All(message.Links, link => Assert.Matches("^https?://[^/@ ]+[/?]", link.Url));
            if (hostile.Heading is not null)
            {
                Assert.Contains(LineSanitizer.Of(hostile.Heading, 500), read, StringComparison.Ordinal);
                Assert.Contains(LineSanitizer.Of(hostile.Body ?? "", 1_200), read, StringComparison.Ordinal);
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    /// <summary>Reads the markup as Telegram does: bold and italics, each closed in its own line, three entities, and nothing else.</summary>
    private static string Unmarked(string html)
    {
        string text = Markup().Replace(html, "${text}");
        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain('>', text);
        Assert.DoesNotContain('&', Entity().Replace(text, ""));
        return WebUtility.HtmlDecode(text);
    }

    [GeneratedRegex("<(?<tag>b|i)>(?<text>[^<>\n]*)</\\k<tag>>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Markup();

    [GeneratedRegex("&(amp|lt|gt);", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Entity();

    [GeneratedRegex(@"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]", RegexOptions.NonBacktracking)]
    private static partial Regex Unseen();
}
