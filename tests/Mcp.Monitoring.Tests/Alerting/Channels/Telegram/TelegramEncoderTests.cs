using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

public class TelegramEncoderTests
{
    private static readonly AlertTexts English = AlertTexts.In(AlertLanguage.En);

    [Fact]
    public void A_message_has_its_parts_in_order()
    {
        TelegramMessage message = TelegramEncoder.Encode(Message(), English);

        Assert.Equal(
            """
            🔴 <b>critical · 1c down</b> · orders-mcp
            14 of 14 calls failed in 5 min, since 03:00 MSK

            Tools: get_order 9, get_stock 5.
            Breaker open.

            Incident 1007
            <i>v1.4.2, up 6 d.</i>
            """.ReplaceLineEndings("\n"),
            message.Html);
        Assert.Equal([("Runbook", "https://runbooks.example.com/1c"), ("Dashboard", "http://10.0.0.5/d?a=1&b=2")], message.Links.Select(link => (link.Text, link.Url)));
    }

    [Fact]
    public void Words_are_in_the_language_of_the_messages()
    {
        TelegramMessage message = TelegramEncoder.Encode(Message(), AlertTexts.In(AlertLanguage.Ru));

        Assert.Contains("Инцидент 1007", message.Html, StringComparison.Ordinal);
        Assert.Equal(["Инструкция", "Дашборд"], message.Links.Select(link => link.Text));
    }

    [Theory]
    [InlineData("RUNBOOKS.md#mcpintegrationdown")]
    [InlineData("http://grafana:3000/runbook")]
    [InlineData("http://localhost:5000/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("ftp://example.com/")]
    public void An_address_that_no_button_takes_stands_in_the_text(string runbook)
    {
        TelegramMessage message = TelegramEncoder.Encode(Message() with { Runbook = runbook, Dashboard = null }, English);

        Assert.Empty(message.Links);
        Assert.Contains("\nRunbook: ", message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_has_the_links_and_no_markup()
    {
        TelegramMessage message = TelegramEncoder.Encode(Message() with { Body = "a < b & c" }, English);

        Assert.Contains("a < b & c", message.Plain, StringComparison.Ordinal);
        Assert.Contains("Runbook: https://runbooks.example.com/1c\nDashboard: http://10.0.0.5/d?a=1&b=2\n", message.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", message.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stored_before_is_told_as_it_was_written()
    {
        Assert.Equal("🔴 critical · &lt;1c&gt; down", TelegramEncoder.Encode(Message() with { Heading = null, Text = "🔴 critical · <1c> down" }, English).Html);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(240)]
    public void What_does_not_fit_is_counted_and_the_end_stays(int spare)
    {
        string[] facts = [.. Enumerable.Range(0, 100).Select(i => $"Fact {i}: {new string('ж', 90)}.")];

        string text = TelegramEncoder.Encode(Message() with { Facts = facts }, English, spare).Plain;

        int told = facts.Count(fact => text.Contains(fact, StringComparison.Ordinal));
        Assert.InRange(told, 20, 99);
        Assert.Contains($"\nand {100 - told} more\n", text, StringComparison.Ordinal);
        Assert.EndsWith("v1.4.2, up 6 d.", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, TelegramEncoder.Longest - spare);
    }

    [Fact]
    public void Facts_that_just_fit_are_all_told()
    {
        int used = TelegramEncoder.Encode(Message() with { Facts = [] }, English).Plain.Length;
        int room = TelegramEncoder.Longest - used - 2;
        string[] facts = [.. Enumerable.Repeat(new string('a', 99), room / 100), new string('b', (room % 100) - 2)];

        string text = TelegramEncoder.Encode(Message() with { Facts = facts }, English).Plain;

        Assert.DoesNotContain("more", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, TelegramEncoder.Longest - 3, TelegramEncoder.Longest);
    }

    private static AlertNotification Message() => Outage.First() with
    {
        Incident = 1007,
        Runbook = "https://runbooks.example.com/1c",
        Dashboard = "http://10.0.0.5/d?a=1&b=2",
    };
}
