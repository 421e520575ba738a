using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

/// <summary>Whatever a client or an exception wrote arrives to the letter, and does nothing.</summary>
public class SlackHostileTextTests
{
    private const int Inputs = 10_000;

    private static readonly string[] Pieces =
    [
        "<!channel>", "<!here>", "<@U0123456>", "<#C0123>", "<http://evil|text>", "<mailto:a@b|c>", "<!date^1^{date}|x>", "&lt;!channel&gt;", "&amp;", "&", "<", ">", "&#60;", "\r\n", "\n",
        "\u202e", "\u2066", "\u200b", "\uFEFF", "\uD800", "\uDC00", "\0", "\u001b[31m", "\u009b2J", "\"", "\\", "\\u003c", "`", "```", "*", "_", "~", ":boom:", "@channel", "#general",
        "</b><a href=javascript:alert(1)>", "{\"ok\":true}", "http://evil.example/?a=<b>", "погода", "日本", "😀", "👩‍👩‍👧", "é", "x", "Bcc: x", " ",
    ];

    [Fact]
    public void Hostile_text_is_literal_and_harmless()
    {
        var random = new Random(14);
        var texts = AlertTexts.In(AlertLanguage.En);
        for (int i = 0; i < Inputs; i++)
        {
            string title = Next(random, 12), body = Next(random, 40), fact = Next(random, 40), service = Next(random, 5), footer = Next(random, 8);
            AlertNotification notification = SlackNotifications.First() with
            {
                Title = title,
                Heading = random.Next(20) == 0 ? null : $"critical · {title}",
                Service = service,
                Body = body,
                Text = body,
                Facts = [.. Enumerable.Repeat(fact, random.Next(4) == 0 ? 20 : 1)],
                Footer = footer,
                Runbook = random.Next(3) == 0 ? $"https://wiki/{title}" : title,
                ThreadReference = fact,
            };
            SlackTarget target = random.Next(3) switch { 0 => new SlackTarget { IsWebhook = true }, 1 => new SlackTarget { Channel = "C1", Replaced = "1.2" }, _ => SlackPayloads.Bot };
            JsonElement payload = Parse(SlackPayload.Of(SlackEncoder.Of(notification, texts), target, asText: random.Next(10) == 0), i);

            IReadOnlyList<string> exceeded = SlackLimits.Exceeded(payload);
            Assert.True(exceeded.Count == 0, $"input {i}: {string.Join(", ", exceeded)}");
            string text = payload.GetProperty("text").GetString()!;
            AssertHarmless(text, i);
            foreach (JsonElement shown in SlackPayloads.TextObjects(payload))
            {
                AssertHarmless(shown.GetProperty("text").GetString()!, i);
            }

            // What is not cut is read as the engine cleans it.
            string read = LineSanitizer.Of(body, SlackEncoder.LongestBody);
            if (read.Length > 0 && SlackText.Escape(read).Length <= SlackEncoder.LongestBody)
            {
                Assert.True(SlackPayloads.Unescape(text).Split('\n').Contains(read), $"input {i}: {read} is not in {text}");
                Assert.True(!payload.TryGetProperty("attachments", out JsonElement attachments) || attachments.GetArrayLength() == 0 || SlackPayloads.Shown(payload).Contains(read), $"input {i}: {read} is not shown");
            }
        }
    }

    [Theory]
    [InlineData("<!channel>\r\nBcc: x", "<!channel> Bcc: x")]
    [InlineData("a\u202eb\u2066c", "abc")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("&lt; is not <", "&lt; is not <")]
    [InlineData("*bold* `code` :boom:", "*bold* `code` :boom:")]
    public void Text_is_read_as_it_was_written_but_for_what_cannot_be_seen(string text, string read)
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Body = text });

        Assert.Contains(read, SlackPayloads.Shown(payload));
        Assert.Contains(read, SlackPayloads.Unescape(payload.GetProperty("text").GetString()!).Split('\n'));
    }

    [Fact]
    public void Half_a_character_is_shown_as_one_that_is_broken()
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Body = "half \uD83D of one" });

        Assert.Contains("half \uFFFD of one", SlackPayloads.Shown(payload));
    }

    [Fact]
    public void Hundred_kilobytes_of_control_sequences_are_cut_between_them()
    {
        string text = string.Concat(Enumerable.Repeat("<!channel>&", 10_000));
        AlertNotification notification = SlackNotifications.First() with { Heading = text, Body = text, Facts = [.. Enumerable.Repeat(text, 20)], Footer = text, Service = text, Text = text };
        foreach (AlertNotification message in (AlertNotification[])[notification, notification with { Heading = null }])
        {
            JsonElement payload = SlackPayloads.Of(message);

            Assert.Empty(SlackLimits.Exceeded(payload));
            Assert.All(SlackPayloads.Shown(payload).Where(line => line.Contains("<!channel", StringComparison.Ordinal)), line => Assert.DoesNotMatch("&[a-z]", line));
        }
    }

    [Fact]
    public void Text_is_cut_between_characters_of_a_person()
    {
        string text = SlackText.Of(string.Concat(Enumerable.Repeat("e\u0301", 100)), 50);

        Assert.True(text.Length <= 50);
        Assert.EndsWith("e\u0301…", text, StringComparison.Ordinal);
    }

    private static JsonElement Parse(byte[] json, int input)
    {
        try
        {
            using var document = JsonDocument.Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(json));
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new InvalidOperationException($"Input {input} became no JSON.", fault);
        }
    }

    // Each ampersand begins one of Slack's three sequences, and there is no bracket.
    private static void AssertHarmless(string text, int input)
    {
        Assert.True(text.AsSpan().IndexOfAny('<', '>') < 0, $"input {input}: {text}");
        for (int at = text.IndexOf('&', StringComparison.Ordinal); at >= 0; at = text.IndexOf('&', at + 1))
        {
            ReadOnlySpan<char> rest = text.AsSpan(at);
            Assert.True(rest.StartsWith("&amp;") || rest.StartsWith("&lt;") || rest.StartsWith("&gt;"), $"input {input}: {text}");
        }

        foreach (char c in text)
        {
            Assert.True(c is '\n' or >= ' ' and not '\u007f' and not (>= '\u0080' and <= '\u009f') and not (>= '\u202a' and <= '\u202e') and not (>= '\u2066' and <= '\u2069'), $"input {input}: U+{(int)c:X4}");
        }
    }

    private static string Next(Random random, int most)
    {
        int count = random.Next(200) == 0 ? 3_000 : random.Next(most);
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
