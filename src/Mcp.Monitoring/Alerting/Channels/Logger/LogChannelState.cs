using System.Collections;

namespace Mcp.Monitoring.Alerting.Channels.Logger;

/// <summary>A message as a record of the log: one line, and what it is made of for those who search.</summary>
internal sealed class LogChannelState(AlertNotification notification) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values =
    [
        new("Kind", notification.Kind),
        new("Severity", notification.Severity),
        new("Title", notification.Title),
        new("Service", notification.Service),
        new("Summary", notification.Summary),
        new("Group", notification.Group),
        new("Alerts", notification.AlertCount),
        new("Incident", notification.Incident),
        new("StartedAt", notification.StartedAt),
        new("EndedAt", notification.EndedAt),
        new("NotificationId", notification.Id),
        new("Text", notification.Text),
        new("{OriginalFormat}", "{Text}"),
    ];

    public string Text => notification.Text;

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Text;
}
