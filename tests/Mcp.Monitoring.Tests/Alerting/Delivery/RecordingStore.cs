using System.Diagnostics.CodeAnalysis;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>Keeps rows as the file would, so that a test can start again from what a killed process had saved.</summary>
internal sealed class RecordingStore : IStateStore
{
    private readonly SavedRows _rows = new();

    public string? Degraded => null;

    /// <summary>Gets or sets what happens just after a save: a test throws here to be killed there.</summary>
    public Action<OutboxMessage> Saved { get; set; } = _ => { };

    /// <summary>Gets or sets what happens just before a save.</summary>
    public Action<OutboxMessage> Saving { get; set; } = _ => { };

    public StateRows Rows => _rows.All;

    public IEnumerable<OutboxMessage> Messages => Rows.Of(OutboxMessage.Table).OrderBy(message => message.Created).ThenBy(message => message.Generation);

    public bool TryLoad([NotNullWhen(true)] out StateRows? rows)
    {
        rows = Rows;
        return true;
    }

    public void Save(StateChanges changes)
    {
        OutboxMessage[] messages = [.. changes.Of(OutboxMessage.Table)];
        foreach (OutboxMessage message in messages)
        {
            Saving(message);
        }

        _rows.Save(changes);
        foreach (OutboxMessage message in messages)
        {
            Saved(message);
        }
    }

    public void Dispose()
    {
    }
}
