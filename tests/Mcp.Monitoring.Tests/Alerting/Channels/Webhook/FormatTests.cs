using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>What each receiver is told of an outage, member by member.</summary>
public class FormatTests
{
    [Fact]
    public void Alertmanagers_receiver_is_told_of_each_alert_and_of_those_left_out()
    {
        JsonElement json = Json(WebhookPreset.Alertmanager, WebhookMessages.First());

        Assert.Equal(("pager", "firing", "orders-mcp/1c", 10), (Text(json, "receiver"), Text(json, "status"), Text(json, "groupKey"), json.GetProperty("truncatedAlerts").GetInt32()));
        Assert.Equal("""{"dependency":"1c","mcp_service":"orders-mcp"}""", json.GetProperty("groupLabels").GetRawText());
        JsonElement first = json.GetProperty("alerts")[0], second = json.GetProperty("alerts")[1];
        Assert.Equal("""{"alertname":"McpIntegrationDown","dependency":"1c","mcp_service":"orders-mcp","severity":"critical"}""", first.GetProperty("labels").GetRawText());
        Assert.Equal("14 of 14 calls failed in 5 min, since 03:00 MSK", Text(first.GetProperty("annotations"), "summary"));
        Assert.Equal("Tools: get_order 9, get_stock 5. Breaker open.", Text(first.GetProperty("annotations"), "description"));
        Assert.Equal("https://wiki.example.com/1c?page=down", Text(first.GetProperty("annotations"), "runbook_url"));
        Assert.Equal(("2026-03-01T00:00:00.000Z", "0001-01-01T00:00:00Z"), (Text(first, "startsAt"), Text(first, "endsAt")));
        Assert.Equal(("open for 2 min", "high"), (Text(second.GetProperty("annotations"), "summary"), Text(second.GetProperty("labels"), "severity")));
    }

    [Fact]
    public void Alertmanagers_receiver_is_told_of_the_end()
    {
        JsonElement json = Json(WebhookPreset.Alertmanager, WebhookMessages.Resolved());

        Assert.Equal("resolved", Text(json, "status"));
        Assert.All(json.GetProperty("alerts").EnumerateArray(), static alert => Assert.Equal(("resolved", "2026-03-01T00:40:00.000Z"), (Text(alert, "status"), Text(alert, "endsAt"))));
    }

    [Fact]
    public void Where_one_of_two_alerts_is_over_it_still_fires()
    {
        AlertNotification first = WebhookMessages.First();
        JsonElement json = Json(WebhookPreset.Alertmanager, first with
        {
            Kind = NotificationKind.Update,
            Alerts = [first.Alerts[0] with { State = AlertState.Resolved, ResolvedAt = first.StartedAt!.Value.AddMinutes(5) }, first.Alerts[1]],
        });

        Assert.Equal("firing", Text(json, "status"));
        Assert.Equal(["resolved", "firing"], json.GetProperty("alerts").EnumerateArray().Select(static alert => Text(alert, "status")));
    }

    [Fact]
    public void A_message_without_alerts_is_one_of_its_own_name()
    {
        JsonElement alert = Json(WebhookPreset.Alertmanager, WebhookMessages.First() with { Kind = NotificationKind.Digest, Alerts = [] }).GetProperty("alerts")[0];

        Assert.Equal("""{"alertname":"McpDigest","mcp_service":"orders-mcp","severity":"critical"}""", alert.GetProperty("labels").GetRawText());
        Assert.Equal(
            new AlertLabels([new("alertname", "McpDigest"), new("mcp_service", "orders-mcp"), new("severity", "critical")]).Fingerprint.ToString("x16", null),
            Text(alert, "fingerprint"));
    }

    [Theory]
    [InlineData(NotificationKind.First, false, "trigger")]
    [InlineData(NotificationKind.Resolved, true, "resolve")]
    [InlineData(NotificationKind.FlappingStarted, true, "trigger")]
    [InlineData(NotificationKind.FlappingEnded, false, "trigger")]
    [InlineData(NotificationKind.FlappingEnded, true, "resolve")]
    public void PagerDutys_incident_ends_with_the_outage(NotificationKind kind, bool hasEnded, string action)
    {
        AlertNotification message = (hasEnded ? WebhookMessages.Resolved() : WebhookMessages.First()) with { Kind = kind };

        JsonElement json = Json(WebhookPreset.Pagerduty, message);

        Assert.Equal((action, "orders-mcp/1c", "t0k3n-of-the-receiver"), (Text(json, "event_action"), Text(json, "dedup_key"), Text(json, "routing_key")));
    }

    [Theory]
    [InlineData(AlertSeverity.Critical, "critical", "P1", 5)]
    [InlineData(AlertSeverity.High, "error", "P2", 4)]
    [InlineData(AlertSeverity.Medium, "warning", "P3", 3)]
    [InlineData(AlertSeverity.Low, "info", "P5", 2)]
    public void Severity_is_said_in_the_receivers_words(AlertSeverity severity, string pagerDuty, string opsgenie, int ntfy)
    {
        AlertNotification message = WebhookMessages.First() with { Severity = severity };

        Assert.Equal(pagerDuty, Text(Json(WebhookPreset.Pagerduty, message).GetProperty("payload"), "severity"));
        Assert.Equal(opsgenie, Text(Json(WebhookPreset.Opsgenie, message), "priority"));
        Assert.Equal(ntfy, Json(WebhookPreset.Ntfy, message).GetProperty("priority").GetInt32());
        Assert.Equal(2, Json(WebhookPreset.Ntfy, message with { IsSilent = true }).GetProperty("priority").GetInt32());
    }

    [Fact]
    public void Opsgenies_alert_is_closed_by_the_alias_that_it_was_made_with()
    {
        WebhookCall first = WebhookMessages.Encode(WebhookPreset.Opsgenie, WebhookMessages.First()), end = WebhookMessages.Encode(WebhookPreset.Opsgenie, WebhookMessages.Resolved());

        Assert.Equal("https://receiver.example.com/v2/alerts", first.Address.AbsoluteUri);
        Assert.Equal("orders-mcp/1c", Text(JsonCheck.Parse(first.Body), "alias"));
        Assert.Equal("https://receiver.example.com/v2/alerts/orders-mcp%2F1c/close?identifierType=alias", end.Address.AbsoluteUri);
        Assert.Equal(("GenieKey t0k3n-of-the-receiver", false, true), (end.Authorization, first.IsEnd, end.IsEnd));
    }

    [Fact]
    public void Ntfy_is_told_at_the_root_of_its_server()
    {
        WebhookCall call = WebhookMessages.Encode(WebhookPreset.Ntfy, WebhookMessages.First());
        JsonElement json = JsonCheck.Parse(call.Body);

        Assert.Equal(("https://ntfy.example.com/base/", "my-topic", "🔴 critical · 1c down · orders-mcp"), (call.Address.AbsoluteUri, Text(json, "topic"), Text(json, "title")));
        Assert.Equal("14 of 14 calls failed in 5 min, since 03:00 MSK\nTools: get_order 9, get_stock 5.\nBreaker open.\nIncident 7\nv1.4.2, up 6 d.", Text(json, "message"));
        Assert.Equal(["Runbook", "Dashboard", "Page"], json.GetProperty("actions").EnumerateArray().Select(static action => Text(action, "label")));
    }

    [Fact]
    public void Teams_is_told_in_text_that_knows_no_Markdown()
    {
        JsonElement card = Json(WebhookPreset.Teams, WebhookMessages.First() with { Facts = ["[click](http://evil.example) **now**"] }).GetProperty("attachments")[0].GetProperty("content");

        Assert.Equal(
            ["🔴 critical · 1c down · orders-mcp", "14 of 14 calls failed in 5 min, since 03:00 MSK", "[click](http://evil.example) **now**", "Incident 7", "v1.4.2, up 6 d."],
            card.GetProperty("body").EnumerateArray().Select(static block => Text(block.GetProperty("inlines")[0], "text")));
        Assert.All(card.GetProperty("body").EnumerateArray(), static block => Assert.Equal("RichTextBlock", Text(block, "type")));
    }

    [Theory]
    [InlineData("plain text at 03:00, 14 of 14", "plain text at 03:00, 14 of 14")]
    [InlineData("get_order *now* ~~x~~ ||y|| `z`", @"get\_order \*now\* \~\~x\~\~ \|\|y\|\| \`z\`")]
    [InlineData("[x](http://evil.example)", @"\[x\](http\://evil.example)")]
    [InlineData("<@123> @everyone :smile:", @"\<\@123> \@everyone \:smile:")]
    [InlineData("# head", @"\# head")]
    [InlineData("1. one", @"1\. one")]
    [InlineData("> quote", @"\> quote")]
    [InlineData(@"a\*b", @"a\\\*b")]
    public void Discord_is_told_with_every_sign_escaped(string text, string expected)
    {
        Assert.Equal(expected, DiscordFormat.Escaped(text));
        Assert.Equal(text, Shown(expected));
    }

    [Fact]
    public void Discord_is_told_in_one_embed_with_its_links()
    {
        JsonElement json = Json(WebhookPreset.Discord, WebhookMessages.Resolved());
        JsonElement embed = json.GetProperty("embeds")[0];

        Assert.Equal("🟢 resolved · 1c · orders-mcp", Text(embed, "title"));
        Assert.EndsWith("[Runbook](https://wiki.example.com/1c?page=down) · [Dashboard](https://grafana.example.com/d/mcp) · [Page](https://orders.example.com/monitoring)", Text(embed, "description"), StringComparison.Ordinal);
        Assert.Equal((4096, "2026-03-01T00:40:00.000Z"), (json.GetProperty("flags").GetInt32(), Text(embed, "timestamp")));
    }

    [Fact]
    public void Two_groups_are_never_one_at_the_receiver()
    {
        string[] groups = ["a", "b", "a b", "я", "ю", new string('x', 600), new string('x', 601), "a\nb", "a\tb", "\ud800", "\udc00", ""];

        Assert.Equal(groups.Length, groups.Select(static group => WebhookKey.Of(group, 255)).Distinct().Count());
        Assert.All(groups, static group => Assert.Matches("^[ -~]{1,255}$", WebhookKey.Of(group, 255)));
        Assert.Equal("orders-mcp/1c", WebhookKey.Of("orders-mcp/1c", 255));
    }

    [Theory]
    [InlineData(AlertLanguage.En, "one|two|… cut, 3 more lines")]
    [InlineData(AlertLanguage.Ru, "one|two|… обрезано, ещё 3 строки")]
    public void Lines_that_have_no_room_are_counted(AlertLanguage language, string expected)
    {
        string[] lines = ["one", "two", new('x', 40), "four", "five"];

        Assert.Equal(expected, string.Join('|', WebhookLines.Fit(lines, 40, static text => text.Length, AlertTexts.In(language))));
        Assert.Equal(lines, WebhookLines.Fit(lines, 70, static text => text.Length, AlertTexts.In(language)));
    }

    [Fact]
    public void A_first_line_that_has_no_room_is_cut_between_characters()
    {
        string family = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 50));

        IReadOnlyList<string> lines = WebhookLines.Fit([family], 200, Encoding.UTF8.GetByteCount, AlertTexts.In(AlertLanguage.En));

        Assert.EndsWith("👦…", lines[0], StringComparison.Ordinal);
        Assert.InRange(lines.Sum(static line => Encoding.UTF8.GetByteCount(line) + 1), 100, 200);
    }

    // What Discord shows: a backslash takes the meaning from the sign after it.
    private static string Shown(string escaped)
    {
        var shown = new StringBuilder();
        for (int i = 0; i < escaped.Length; i++)
        {
            shown.Append(escaped[i] == '\\' ? escaped[++i] : escaped[i]);
        }

        return shown.ToString();
    }

    private static JsonElement Json(WebhookPreset preset, AlertNotification message) => JsonCheck.Parse(WebhookMessages.Encode(preset, message).Body);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
