using System.Text.Json;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>
/// What Alertmanager's webhooks post, version 4 (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config): the same members, in the same order.
/// The first alert tells what the message tells; where there is none, as of a digest, the message itself is one, and over: a receiver keeps nothing open for it.
/// </summary>
internal sealed class AlertmanagerFormat : IWebhookFormat
{
    private const string StillFiring = "0001-01-01T00:00:00Z";
    private const int LongestLabel = 1_000, LongestText = 4_000;
    private static readonly string[] GroupNames = [AlertLabels.AlertName, AlertLabels.Dependency, AlertLabels.Service, AlertLabels.Operation];

    public string Remedy => "Look at url, token and what the receiver logs.";

    public WebhookCall Encode(AlertNotification notification, WebhookChannelOptions options, AlertTexts texts)
    {
        Entry[] entries = Entries(notification);
        bool isFiring = entries.Any(static entry => entry.EndedAt is null);
        SortedDictionary<string, string> labels = Common(entries.Select(static entry => entry.Labels)), annotations = Common(entries.Select(static entry => entry.Annotations));
        byte[] body = WebhookJson.Write(json =>
        {
            json.WriteString("receiver", options.Name);
            json.WriteString("status", isFiring ? "firing" : "resolved");
            json.WriteArray("alerts", () =>
            {
                foreach (Entry entry in entries)
                {
                    json.WriteItem(() => Write(json, entry, WebhookParts.LinkOf(notification.Dashboard) ?? WebhookParts.LinkOf(notification.Page)));
                }
            });
            WriteMap(json, "groupLabels", labels.Where(static label => GroupNames.Contains(label.Key, StringComparer.Ordinal)));
            WriteMap(json, "commonLabels", labels);
            WriteMap(json, "commonAnnotations", annotations);
            json.WriteString("externalURL", WebhookParts.LinkOf(notification.Page) ?? WebhookParts.LinkOf(notification.Dashboard) ?? "");
            json.WriteString("version", "4");
            json.WriteString("groupKey", notification.Group);
            json.WriteNumber("truncatedAlerts", notification.Alerts.Count == 0 ? 0 : Math.Max(0, notification.AlertCount - entries.Length));
        });
        return new WebhookCall(new Uri(options.Address!), body) { Authorization = options.Token is { } token ? $"Bearer {token}" : null };
    }

    private static void Write(Utf8JsonWriter json, Entry entry, string? source)
    {
        json.WriteString("status", entry.EndedAt is null ? "firing" : "resolved");
        WriteMap(json, "labels", entry.Labels);
        WriteMap(json, "annotations", entry.Annotations);
        json.WriteString("startsAt", WebhookJson.Time(entry.StartedAt));
        json.WriteString("endsAt", entry.EndedAt is { } end ? WebhookJson.Time(end) : StillFiring);
        json.WriteString("generatorURL", source ?? "");
        json.WriteString("fingerprint", entry.Fingerprint);
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> map) => json.WriteObject(name, () =>
    {
        foreach ((string key, string value) in map)
        {
            json.WriteString(key, value);
        }
    });

    private static Entry[] Entries(AlertNotification notification) => notification.Alerts.Count == 0
        ? [OfMessage(notification)]
        : [.. notification.Alerts.Select((alert, i) => OfAlert(alert, notification, isLead: i == 0))];

    private static Entry OfAlert(Alert alert, AlertNotification notification, bool isLead)
    {
        bool isOver = alert.State == AlertState.Resolved || WebhookParts.IsEnd(notification) || !WebhookParts.IsOfAlerts(notification);
        return new Entry(
            Labels(alert.Labels, alert.Name, alert.Severity),
            isLead
                ? Annotations(notification.Body ?? notification.Summary, notification.Facts, notification.Runbook ?? alert.Runbook)
                : Annotations(alert.Summary, alert.Facts, alert.Runbook),
            alert.StartedAt,
            isOver ? alert.ResolvedAt ?? notification.EndedAt ?? alert.StartedAt : null,
            alert.Fingerprint);
    }

    private static Entry OfMessage(AlertNotification notification)
    {
        var labels = new AlertLabels(Labels(
            new Dictionary<string, string>(StringComparer.Ordinal) { [AlertLabels.Service] = notification.Service }, $"Mcp{notification.Kind}", notification.Severity));
        DateTimeOffset start = notification.StartedAt ?? DateTimeOffset.UnixEpoch;
        return new Entry(
            new SortedDictionary<string, string>(labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            Annotations($"{notification.Heading ?? notification.Title} — {notification.Body ?? notification.Summary}", notification.Facts, notification.Runbook),
            start,
            WebhookParts.IsEnd(notification) || !WebhookParts.IsOfAlerts(notification) ? notification.EndedAt ?? start : null,
            labels.Fingerprint.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static SortedDictionary<string, string> Labels(IReadOnlyDictionary<string, string> labels, string name, AlertSeverity severity)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { [AlertLabels.AlertName] = name, [AlertLabels.Severity] = severity.Label() };
        foreach ((string key, string value) in labels)
        {
            if (AlertNames.IsName(key) && WebhookParts.Clean(value, LongestLabel) is { Length: > 0 } clean)
            {
                all[key] = clean;
            }
        }

        return all;
    }

    private static SortedDictionary<string, string> Annotations(string summary, IReadOnlyList<string> facts, string? runbook)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["summary"] = WebhookParts.Clean(summary, LongestText) };
        if (WebhookParts.Clean(string.Join(' ', facts), LongestText) is { Length: > 0 } description)
        {
            all["description"] = description;
        }

        if (WebhookParts.LinkOf(runbook) is { } link)
        {
            all["runbook_url"] = link;
        }

        return all;
    }

    private static SortedDictionary<string, string> Common(IEnumerable<SortedDictionary<string, string>> maps) =>
        new(maps.Aggregate<IEnumerable<KeyValuePair<string, string>>>(static (common, map) => common.Intersect(map)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private sealed record Entry(SortedDictionary<string, string> Labels, SortedDictionary<string, string> Annotations, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Fingerprint);
}
