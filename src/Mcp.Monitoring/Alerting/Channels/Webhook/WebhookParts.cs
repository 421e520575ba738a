using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>A message as receivers show it: a head, lines below it, and links. On one line each, without characters that cannot be seen.</summary>
/// <param name="Head">The sign, the heading and the service.</param>
/// <param name="Lines">The body, the facts and the incident; the most important first.</param>
/// <param name="Footer">Which version it is; empty where the message does not say.</param>
/// <param name="Links">What to open, by what is on the button.</param>
internal sealed record WebhookParts(string Head, IReadOnlyList<string> Lines, string Footer, IReadOnlyList<KeyValuePair<string, string>> Links)
{
    /// <summary>More than any format takes of one line.</summary>
    private const int LongestLine = 4_000;

    // Of a crash loop somebody must be called, and closes it: no end of it is ever told.
    private const string UncleanStop = "McpUncleanStop";

    public static WebhookParts Of(AlertNotification notification, AlertTexts texts)
    {
        KeyValuePair<string, string>[] links =
        [
            .. Link(texts["button.acknowledge"], notification.Acknowledge),
            .. Link(texts["button.runbook"], notification.Runbook),
            .. Link(texts["button.dashboard"], notification.Dashboard),
            .. Link(texts["button.page"], notification.Page),
        ];
        if (notification.Heading is null)
        {
            // Stored by a version that knew the line only.
            return new WebhookParts(Clean(notification.Text), [], "", links);
        }

        string head = $"{notification.Mark} {notification.Heading} · {notification.Service}";
        string[] incident = notification.Incident is { } number ? [texts.Incident(number)] : [];
        string[] lines = [.. new[] { notification.Body ?? notification.Summary }.Concat(notification.Facts).Concat(incident).Select(static line => Clean(line)).Where(static line => line.Length > 0)];
        return new WebhookParts(Clean(head), lines, Clean(notification.Footer ?? ""), links);
    }

    /// <summary>Returns whether a message says that all is over.</summary>
    public static bool IsEnd(AlertNotification notification) =>
        notification.Kind == NotificationKind.Resolved || (notification.Kind == NotificationKind.FlappingEnded && notification.EndedAt is not null);

    /// <summary>
    /// Returns whether a message tells of alerts, which end some day. A digest, an announcement, a test and a report are said once, and so is an unclean stop: nothing must
    /// stay open for them.
    /// </summary>
    public static bool IsOfAlerts(AlertNotification notification) =>
        notification.Kind is not (NotificationKind.Digest or NotificationKind.Announcement or NotificationKind.Test or NotificationKind.Report)
        && (notification.Severity >= AlertSeverity.High || notification.Alerts.Count == 0 || notification.Alerts.Any(static alert => alert.Name != UncleanStop));

    /// <summary>Returns what a message is about: a dependency, an operation, a channel, or else the service.</summary>
    public static string ThingOf(AlertNotification notification)
    {
        if (notification.Alerts.Count > 0)
        {
            foreach (string name in (ReadOnlySpan<string>)[AlertLabels.Dependency, AlertLabels.Operation, AlertLabels.Channel])
            {
                if (notification.Alerts[0].Labels.TryGetValue(name, out string? thing) && thing.Length > 0)
                {
                    return thing;
                }
            }
        }

        return notification.Service;
    }

    /// <summary>Returns text on one line, without secrets and what cannot be seen.</summary>
    public static string Clean(string text, int longest = LongestLine) => LineSanitizer.Of(text, longest);

    /// <summary>Returns a link as receivers may show it: of the web, with nothing in it that cannot be seen; <see langword="null"/> for anything else.</summary>
    public static string? LinkOf(string? address)
    {
        if (address is null || !AlertNames.IsLink(address))
        {
            return null;
        }

        string link = new Uri(address).AbsoluteUri;
        return link.EnumerateRunes().Any(IsUnseen) ? null : link;
    }

    private static KeyValuePair<string, string>[] Link(string label, string? address) => LinkOf(address) is { } link ? [new(label, link)] : [];

    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;
}
