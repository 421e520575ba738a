using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

public class SlackEncoderTests
{
    [Fact]
    public void Message_has_all_its_parts()
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First());

        Assert.Equal(
            [
                "🔴 critical · 1c down · orders-mcp",
                "14 of 14 calls failed in 5 min, since 03:00 MSK",
                "• Tools: get_order 9, get_stock 5.",
                "• Breaker open.",
                "Incident 7",
                "v1.4.2, up 6 d.",
                "Runbook",
                "Dashboard",
                "Page",
            ],
            SlackPayloads.Shown(payload));
        Assert.Equal(["header", "section", "context", "actions"], SlackPayloads.Blocks(payload).Select(block => block.GetProperty("type").GetString()));
        Assert.Equal(
            ["https://wiki.company.com/1c", "https://grafana.company.com/d/mcp?a=1&b=2", "http://orders:8080/monitor"],
            SlackPayloads.Blocks(payload).Last().GetProperty("elements").EnumerateArray().Select(button => button.GetProperty("url").GetString()));
    }

    [Fact]
    public void Text_says_the_same_as_the_blocks()
    {
        Assert.Equal(
            """
            🔴 critical · 1c down · orders-mcp
            14 of 14 calls failed in 5 min, since 03:00 MSK
            • Tools: get_order 9, get_stock 5.
            • Breaker open.
            Incident 7 · v1.4.2, up 6 d.
            Runbook: https://wiki.company.com/1c
            Dashboard: https://grafana.company.com/d/mcp?a=1&amp;b=2
            Page: http://orders:8080/monitor
            """.ReplaceLineEndings("\n"),
            SlackPayloads.Of(SlackNotifications.First()).GetProperty("text").GetString());
    }

    [Fact]
    public void Words_around_the_facts_are_in_the_language_of_the_messages()
    {
        string[] shown = [.. SlackPayloads.Shown(SlackPayloads.Of(SlackNotifications.First(), AlertLanguage.Ru))];
        var texts = AlertTexts.In(AlertLanguage.Ru);

        Assert.Contains(texts.Say("incident", 7), shown);
        Assert.Equal([texts["button.runbook"], texts["button.dashboard"], texts["button.page"]], shown[^3..]);
        Assert.DoesNotContain(shown, line => line is "Incident 7" or "Runbook" or "Dashboard" or "Page");
    }

    [Theory]
    [InlineData("🔴", "#d00000")]
    [InlineData("🟠", "#e8730c")]
    [InlineData("🟡", "#e0b000")]
    [InlineData("⚪", "#8a8a8a")]
    [InlineData("🟢", "#2eb67d")]
    [InlineData("🔵", "#1264a3")]
    [InlineData(null, "#d00000")]
    public void Colour_says_what_the_sign_says(string? mark, string colour)
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Mark = mark });

        Assert.Equal(colour, payload.GetProperty("attachments")[0].GetProperty("color").GetString());
    }

    [Fact]
    public void Each_sign_has_a_colour_of_its_own()
    {
        string[] marks = ["🔴", "🟠", "🟡", "⚪", "🟢", "🔵"];

        Assert.Equal(marks.Length, marks.Select(mark => SlackEncoder.Of(SlackNotifications.First() with { Mark = mark }, AlertTexts.In(AlertLanguage.En)).Colour).Distinct().Count());
    }

    [Fact]
    public void Message_of_the_version_before_is_told_by_its_text()
    {
        AlertNotification former = SlackNotifications.Former();
        JsonElement payload = SlackPayloads.Of(former);

        Assert.Equal("1c down · orders-mcp", SlackPayloads.Shown(payload).First());
        Assert.Contains(former.Text, SlackPayloads.Shown(payload));
        Assert.DoesNotContain(SlackPayloads.Shown(payload), line => line.StartsWith('•'));
        Assert.Contains(former.Text, payload.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Heading_without_room_in_the_header_is_whole_below_it()
    {
        string title = string.Concat(Enumerable.Repeat("stock of the northern warehouse ", 6)).Trim();
        string[] shown = [.. SlackPayloads.Shown(SlackPayloads.Of(SlackNotifications.First() with { Heading = $"critical · {title}" }))];

        Assert.Equal(150, shown[0].Length);
        Assert.EndsWith("…", shown[0], StringComparison.Ordinal);
        Assert.Equal($"🔴 critical · {title} · orders-mcp", shown[1]);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://files/runbook")]
    [InlineData("/monitor")]
    [InlineData("https://")]
    [InlineData("not a link")]
    public void Link_that_leads_nowhere_on_the_web_is_left_out(string link)
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Runbook = link, Dashboard = null, Page = null });

        Assert.DoesNotContain(SlackPayloads.Blocks(payload), block => block.GetProperty("type").GetString() == "actions");
        Assert.DoesNotContain("Runbook", payload.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Link_that_is_too_long_once_it_is_escaped_is_left_out()
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Runbook = $"https://wiki/{new string('ж', 600)}", Dashboard = null, Page = null });

        Assert.DoesNotContain(SlackPayloads.Blocks(payload), block => block.GetProperty("type").GetString() == "actions");
        Assert.Empty(SlackLimits.Exceeded(payload));
    }

    [Fact]
    public void Long_links_take_no_room_from_what_happened()
    {
        string link = $"https://wiki/{new string('ж', 490)}";
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Body = new string('x', 1_300), Runbook = link, Dashboard = link, Page = link });

        Assert.Equal(2, SlackPayloads.Blocks(payload).Last().GetProperty("elements").GetArrayLength());
        Assert.Contains(new string('x', 1_300), SlackPayloads.Shown(payload));
        Assert.Contains("• Breaker open.", SlackPayloads.Shown(payload));
        Assert.Empty(SlackLimits.Exceeded(payload));
    }

    [Theory]
    [InlineData(AlertLanguage.En, "more lines")]
    [InlineData(AlertLanguage.Ru, "строк")]
    public void What_has_no_room_is_counted(AlertLanguage language, string word)
    {
        string[] facts = [.. Enumerable.Range(0, 40).Select(i => $"fact {i} {new string('x', 800)}.")];
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Facts = facts }, language);
        string[] lines = [.. SlackPayloads.Shown(payload)];
        int told = lines.Count(line => line.StartsWith("• fact ", StringComparison.Ordinal));

        Assert.InRange(told, 8, 39);
        Assert.Contains(lines, line => line.Contains($" {40 - told} ", StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal));
        Assert.Empty(SlackLimits.Exceeded(payload));
        // What stands last is there all the same.
        Assert.Contains("v1.4.2, up 6 d.", lines);
        Assert.Contains("Runbook: https://wiki.company.com/1c", language == AlertLanguage.En ? payload.GetProperty("text").GetString() : "Runbook: https://wiki.company.com/1c", StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_a_message_is_markup()
    {
        JsonElement payload = SlackPayloads.Of(SlackNotifications.First() with { Body = "*all* _of_ `it` ~failed~ :boom:" });

        Assert.All(SlackPayloads.TextObjects(payload), text =>
        {
            Assert.Equal("plain_text", text.GetProperty("type").GetString());
            Assert.False(text.GetProperty("emoji").GetBoolean());
        });
        Assert.False(payload.GetProperty("mrkdwn").GetBoolean());
        Assert.False(payload.GetProperty("link_names").GetBoolean());
        Assert.False(payload.GetProperty("unfurl_links").GetBoolean());
        Assert.Equal("none", payload.GetProperty("parse").GetString());
        Assert.Contains("*all* _of_ `it` ~failed~ :boom:", SlackPayloads.Shown(payload));
    }

    [Fact]
    public void Text_alone_has_no_blocks_and_takes_away_those_that_are_there()
    {
        JsonElement posted = SlackPayloads.Of(SlackNotifications.First(), asText: true);
        JsonElement updated = SlackPayloads.Of(SlackNotifications.First(), asText: true, target: new SlackTarget { Channel = "C1", Replaced = "1.2" });

        Assert.False(posted.TryGetProperty("blocks", out _));
        Assert.False(posted.TryGetProperty("attachments", out _));
        Assert.Equal(0, updated.GetProperty("blocks").GetArrayLength());
        Assert.Equal(0, updated.GetProperty("attachments").GetArrayLength());
    }
}
