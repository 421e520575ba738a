using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>Keeps rows as the file would, so that a test can start again from what a killed process had saved.</summary>
internal sealed class RecordingStore : IStateStore
{
    private readonly SavedRows _rows = new();

    public string? Degraded => null;

    /// <summary>Gets or sets what happens just after a save: a test throws here to be killed there.</summary>
    public Action<QueuedNotification> Saved { get; set; } = static _ => { };

    /// <summary>Gets or sets who is told of what was written.</summary>
    public Action<QueuedNotification> Written { get; set; } = static _ => { };

    /// <summary>Gets or sets what happens just before a save.</summary>
    public Action<QueuedNotification> Saving { get; set; } = static _ => { };

    /// <summary>Gets or sets the clock that reads the times in rows.</summary>
    public AlertClock Clock { get; set; } = new(TimeProvider.System);

    public StateRows Rows => _rows.All;

    public IEnumerable<QueuedNotification> Messages =>
        Rows.Of(NotificationTables.Queue(Clock)).OrderBy(message => message.Created).ThenBy(message => message.Generation);

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = Rows;
        return true;
    }

    public void Save(StateChanges changes)
    {
        QueuedNotification[] messages = [.. changes.Of(NotificationTables.Queue(Clock))];
        Array.ForEach(messages, Saving);
        _rows.Save(changes);
        Array.ForEach(messages, Written);
        Array.ForEach(messages, Saved);
    }

    public void Dispose()
    {
    }
}
