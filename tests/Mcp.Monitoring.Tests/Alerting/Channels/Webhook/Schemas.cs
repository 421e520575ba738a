using System.Globalization;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>What each service says it takes, checked by hand.</summary>
internal static class Schemas
{
    public static void Check(WebhookPreset preset, WebhookCall call)
    {
        if (call.Then is { } then)
        {
            Check(preset, then);
        }

        JsonElement json = JsonCheck.Parse(call.Body);
        switch (preset)
        {
            case WebhookPreset.Alertmanager:
                Alertmanager(json);
                break;
            case WebhookPreset.Pagerduty:
                Assert.InRange(call.Body.Length, 1, 512_000);
                PagerDuty(json, isChange: call.Address.AbsolutePath.EndsWith("/change/enqueue", StringComparison.Ordinal));
                break;
            case WebhookPreset.Opsgenie:
                Opsgenie(json, call.Address);
                break;
            case WebhookPreset.Ntfy:
                Ntfy(json);
                break;
            case WebhookPreset.Teams:
                Assert.InRange(call.Body.Length, 1, 28_000);
                Teams(json);
                break;
            case WebhookPreset.Discord:
                Discord(json);
                break;
            default:
                Assert.Fail($"{preset} has no schema.");
                break;
        }
    }

    // https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
    private static void Alertmanager(JsonElement json)
    {
        Assert.Equal(
            ["receiver", "status", "alerts", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "version", "groupKey", "truncatedAlerts"],
            json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("4", json.GetProperty("version").GetString());
        Assert.InRange(json.GetProperty("truncatedAlerts").GetInt64(), 0, long.MaxValue);
        Assert.NotEmpty(json.GetProperty("groupKey").GetString()!);
        LinkOrNothing(json.GetProperty("externalURL"));
        JsonElement[] alerts = [.. json.GetProperty("alerts").EnumerateArray()];
        Assert.NotEmpty(alerts);
        foreach (JsonElement alert in alerts)
        {
            JsonCheck.Members(alert, "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
            JsonCheck.OneOf(alert.GetProperty("status"), "firing", "resolved");
            JsonCheck.Time(alert.GetProperty("startsAt"));
            if (alert.GetProperty("status").GetString() == "firing")
            {
                Assert.Equal("0001-01-01T00:00:00Z", alert.GetProperty("endsAt").GetString());
            }
            else
            {
                JsonCheck.Time(alert.GetProperty("endsAt"));
            }

            Assert.Matches("^[0-9a-f]{16}$", alert.GetProperty("fingerprint").GetString());
            LinkOrNothing(alert.GetProperty("generatorURL"));
            Assert.NotEmpty(alert.GetProperty("labels").GetProperty("alertname").GetString()!);
            Assert.All(alert.GetProperty("labels").EnumerateObject(), static label => Assert.Matches("^[a-zA-Z_][a-zA-Z0-9_]*$", label.Name));
            Assert.All(alert.GetProperty("labels").EnumerateObject(), static label => JsonCheck.Text(label.Value, 1_000));
            Assert.All(alert.GetProperty("annotations").EnumerateObject(), static one => JsonCheck.Text(one.Value, 4_000, shortest: 0));
        }

        Assert.Equal(alerts.Any(static alert => alert.GetProperty("status").GetString() == "firing") ? "firing" : "resolved", json.GetProperty("status").GetString());
        Assert.Equal(Common(alerts, "labels"), Map(json.GetProperty("commonLabels")));
        Assert.Equal(Common(alerts, "annotations"), Map(json.GetProperty("commonAnnotations")));
        Assert.Subset(Map(json.GetProperty("commonLabels")), Map(json.GetProperty("groupLabels")));
    }

    // https://developer.pagerduty.com/docs/send-alert-event and https://developer.pagerduty.com/docs/send-change-event
    private static void PagerDuty(JsonElement json, bool isChange)
    {
        JsonElement payload = json.GetProperty("payload");
        if (isChange)
        {
            JsonCheck.Members(json, "routing_key", "payload", "links?");
            JsonCheck.Members(payload, "summary", "source?", "timestamp?", "custom_details?");
        }
        else
        {
            JsonCheck.Members(json, "routing_key", "event_action", "dedup_key", "payload", "client?", "client_url?", "links?");
            JsonCheck.OneOf(json.GetProperty("event_action"), "trigger", "resolve");
            JsonCheck.Text(json.GetProperty("dedup_key"), 255);
            JsonCheck.Members(payload, "summary", "source", "severity", "timestamp?", "component?", "group?", "class?", "custom_details?");
            JsonCheck.OneOf(payload.GetProperty("severity"), "critical", "error", "warning", "info");
        }

        JsonCheck.Text(payload.GetProperty("summary"), 1_024);
        JsonCheck.Text(payload.GetProperty("source"), 255);
        if (payload.TryGetProperty("timestamp", out JsonElement time))
        {
            JsonCheck.Time(time);
        }

        foreach (JsonElement link in json.GetProperty("links").EnumerateArray())
        {
            JsonCheck.Members(link, "href", "text");
            JsonCheck.Link(link.GetProperty("href"));
        }
    }

    // https://docs.opsgenie.com/docs/alert-api
    private static void Opsgenie(JsonElement json, Uri address)
    {
        if (address.AbsolutePath.EndsWith("/close", StringComparison.Ordinal))
        {
            Assert.Equal("?identifierType=alias", address.Query);
            JsonCheck.Members(json, "source?", "note?", "user?");
            JsonCheck.Text(json.GetProperty("source"), 100);
            JsonCheck.Text(json.GetProperty("note"), 25_000);
            return;
        }

        JsonCheck.Members(json, "message", "alias?", "description?", "tags?", "details?", "entity?", "source?", "priority?");
        JsonCheck.Text(json.GetProperty("message"), 130);
        JsonCheck.Text(json.GetProperty("alias"), 512);
        JsonCheck.Text(json.GetProperty("description"), 15_000);
        JsonCheck.Text(json.GetProperty("entity"), 512);
        JsonCheck.Text(json.GetProperty("source"), 100);
        JsonCheck.OneOf(json.GetProperty("priority"), "P1", "P2", "P3", "P4", "P5");
        Assert.InRange(json.GetProperty("tags").GetArrayLength(), 0, 20);
        Assert.All(json.GetProperty("tags").EnumerateArray(), static tag => JsonCheck.Text(tag, 50));
        Assert.InRange(json.GetProperty("details").EnumerateObject().Sum(static detail => detail.Name.Length + JsonCheck.Text(detail.Value, 8_000).Length), 0, 8_000);
    }

    // https://docs.ntfy.sh/publish/#publish-as-json
    private static void Ntfy(JsonElement json)
    {
        JsonCheck.Members(json, "topic", "message?", "title?", "tags?", "priority?", "actions?", "click?", "markdown?");
        Assert.Matches("^[-_A-Za-z0-9]{1,64}$", json.GetProperty("topic").GetString());
        JsonCheck.Text(json.GetProperty("title"), 250);
        Assert.InRange(Encoding.UTF8.GetByteCount(JsonCheck.Text(json.GetProperty("message"), 4_096)), 1, 4_096);
        Assert.InRange(json.GetProperty("priority").GetInt32(), 1, 5);
        Assert.All(json.GetProperty("tags").EnumerateArray(), static tag => Assert.Matches("^[a-z]+$", tag.GetString()));
        Assert.InRange(json.GetProperty("actions").GetArrayLength(), 0, 3);
        foreach (JsonElement action in json.GetProperty("actions").EnumerateArray())
        {
            JsonCheck.Members(action, "action", "label", "url", "clear?");
            JsonCheck.OneOf(action.GetProperty("action"), "view");
            JsonCheck.Text(action.GetProperty("label"), 50);
            JsonCheck.Link(action.GetProperty("url"));
        }
    }

    // https://adaptivecards.io/explorer/ and https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors
    private static void Teams(JsonElement json)
    {
        JsonCheck.Members(json, "type", "attachments");
        JsonCheck.OneOf(json.GetProperty("type"), "message");
        JsonElement attachment = Assert.Single(json.GetProperty("attachments").EnumerateArray());
        JsonCheck.Members(attachment, "contentType", "contentUrl", "content");
        JsonCheck.OneOf(attachment.GetProperty("contentType"), "application/vnd.microsoft.card.adaptive");
        Assert.Equal(JsonValueKind.Null, attachment.GetProperty("contentUrl").ValueKind);
        JsonElement card = attachment.GetProperty("content");
        JsonCheck.Members(card, "$schema", "type", "version", "body", "actions?", "msteams?");
        JsonCheck.OneOf(card.GetProperty("type"), "AdaptiveCard");
        JsonCheck.OneOf(card.GetProperty("version"), "1.2", "1.3", "1.4", "1.5");
        Assert.NotEqual(0, card.GetProperty("body").GetArrayLength());
        foreach (JsonElement block in card.GetProperty("body").EnumerateArray())
        {
            JsonCheck.Members(block, "type", "inlines");
            JsonCheck.OneOf(block.GetProperty("type"), "RichTextBlock");
            JsonElement run = Assert.Single(block.GetProperty("inlines").EnumerateArray());
            JsonCheck.Members(run, "type", "text", "weight?", "size?", "color?", "isSubtle?");
            JsonCheck.OneOf(run.GetProperty("type"), "TextRun");
            JsonCheck.Text(run.GetProperty("text"), 28_000);
            if (run.TryGetProperty("color", out JsonElement colour))
            {
                JsonCheck.OneOf(colour, "Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention");
            }
        }

        foreach (JsonElement action in card.GetProperty("actions").EnumerateArray())
        {
            JsonCheck.Members(action, "type", "title", "url");
            JsonCheck.OneOf(action.GetProperty("type"), "Action.OpenUrl");
            JsonCheck.Link(action.GetProperty("url"));
        }
    }

    // https://discord.com/developers/docs/resources/webhook#execute-webhook and https://discord.com/developers/docs/resources/message#embed-object-embed-limits
    private static void Discord(JsonElement json)
    {
        JsonCheck.Members(json, "embeds", "allowed_mentions", "flags?");
        JsonCheck.Members(json.GetProperty("allowed_mentions"), "parse");
        Assert.Equal(0, json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
        Assert.Equal(0, (json.TryGetProperty("flags", out JsonElement flags) ? flags.GetInt32() : 0) & ~4096);
        JsonElement embed = Assert.Single(json.GetProperty("embeds").EnumerateArray());
        JsonCheck.Members(embed, "title", "description?", "color", "footer?", "timestamp?");
        int length = JsonCheck.Text(embed.GetProperty("title"), 256).Length;
        length += embed.TryGetProperty("description", out JsonElement description) ? JsonCheck.Text(description, 4_096).Length : 0;
        length += embed.TryGetProperty("footer", out JsonElement footer) ? JsonCheck.Text(footer.GetProperty("text"), 2_048).Length : 0;
        Assert.InRange(length, 1, 6_000);
        Assert.InRange(embed.GetProperty("color").GetInt32(), 0, 0xFFFFFF);
        if (embed.TryGetProperty("timestamp", out JsonElement time))
        {
            JsonCheck.Time(time);
        }
    }

    private static void LinkOrNothing(JsonElement json)
    {
        if (json.GetString() != "")
        {
            JsonCheck.Link(json);
        }
    }

    private static HashSet<string> Common(JsonElement[] alerts, string name) =>
        [.. alerts.Select(alert => (IEnumerable<string>)Map(alert.GetProperty(name))).Aggregate(static (common, map) => common.Intersect(map))];

    private static HashSet<string> Map(JsonElement json) => [.. json.EnumerateObject().Select(static member => string.Create(CultureInfo.InvariantCulture, $"{member.Name}={member.Value.GetString()}"))];
}
