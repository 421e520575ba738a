using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>All silences and maintenance windows, by the wall clock. It belongs to the engine's thread.</summary>
internal sealed class SilenceStore
{
    public const int Most = 500;

    private readonly Dictionary<string, Silence> _made = new(StringComparer.Ordinal);

    private IReadOnlyList<Silence> _configured = [];
    private IReadOnlyList<MaintenanceWindow> _windows = [];

    public bool IsFull => _made.Count >= Most;

    /// <summary>Gets the silences that people made, and not the configuration.</summary>
    public IReadOnlyCollection<Silence> Made => _made.Values;

    /// <summary>Gets the silences that are active or to come.</summary>
    public IEnumerable<Silence> Current(DateTimeOffset utc) => _configured.Concat(_made.Values).Where(silence => silence.EndsAt > utc).OrderBy(silence => silence.EndsAt);

    public void Configure(AlertSettings settings)
    {
        _configured = settings.Silences;
        _windows = settings.Maintenance;
    }

    public void Load(StateRows rows, DateTimeOffset utc, FaultIsolation guard) =>
        guard.Each(rows.Of(StoredSilence.Table).Where(row => row.EndsAt > utc).OrderByDescending(row => row.EndsAt).Take(Most), row => _made[row.Id] = row.ToSilence());

    public void Add(Silence silence, StateChanges changes)
    {
        _made[silence.Id] = silence;
        changes.Put(StoredSilence.Table, StoredSilence.Of(silence));
    }

    public bool Remove(string id, DateTimeOffset utc, StateChanges changes)
    {
        if (!_made.Remove(id, out Silence? silence))
        {
            return false;
        }

        changes.Put(StoredSilence.Table, StoredSilence.Of(silence with { EndsAt = utc }));
        return true;
    }

    /// <summary>Forgets silences that are over.</summary>
    public void Forget(DateTimeOffset utc)
    {
        foreach ((string id, Silence silence) in _made)
        {
            if (silence.EndsAt <= utc)
            {
                _made.Remove(id);
            }
        }
    }

    public bool IsSilenced(ActiveAlert alert, DateTimeOffset utc) =>
        _made.Values.Any(silence => IsActive(silence, utc) && silence.Matchers.IsMatch(alert))
        || _configured.Any(silence => IsActive(silence, utc) && silence.Matchers.IsMatch(alert))
        || _windows.Any(window => window.IsMatch(alert) && window.IsOpen(utc));

    /// <summary>Gets when a silence or a window begins or ends next.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset utc) =>
        _made.Values.Concat(_configured).SelectMany(silence => new DateTimeOffset?[] { silence.StartsAt, silence.EndsAt })
            .Concat(_windows.Select(window => window.NextChange(utc)))
            .Where(edge => edge > utc)
            .Min();

    private static bool IsActive(Silence silence, DateTimeOffset utc) => silence.StartsAt <= utc && utc < silence.EndsAt;
}
