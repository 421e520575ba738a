using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>All alerts that go on, and the last of those that are over. It belongs to the engine's thread.</summary>
internal sealed class AlertRegister(AlertClock clock, FaultIsolation guard)
{
    public const int MostPast = 1_000;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(15);

    private readonly Dictionary<AlertLabels, ActiveAlert> _active = [];
    private readonly LinkedList<Alert> _past = new();
    private readonly List<ActiveAlert> _ended = [];

    private TimeSpan _lastSave;
    private TimeSpan _nextSave;
    private TimeSpan _lastRefresh;
    private TimeSpan _nextRefresh;

    /// <summary>Gets the alerts that go on, those that are pending among them.</summary>
    public IReadOnlyDictionary<AlertLabels, ActiveAlert> Active => _active;

    /// <summary>Gets those that are over, the newest first.</summary>
    public IReadOnlyCollection<Alert> Past => _past;

    /// <summary>Gets or sets whether readers have seen less than there is.</summary>
    public bool IsChanged { get; set; } = true;

    public ActiveAlert? Find(AlertLabels labels) => _active.GetValueOrDefault(labels);

    /// <summary>Takes up an alert, or a further episode of one.</summary>
    public void Add(ActiveAlert alert)
    {
        _active[alert.Labels] = alert;
        Changed(alert);
    }

    /// <summary>Leaves out alerts that nobody was told of, and that were not saved.</summary>
    public void Forget(Func<ActiveAlert, bool> which)
    {
        foreach (AlertLabels labels in _active.Where(known => which(known.Value)).Select(known => known.Key).ToArray())
        {
            _active.Remove(labels);
            IsChanged = true;
        }
    }

    public void Changed(ActiveAlert alert)
    {
        alert.IsUnsaved = true;
        Shown(alert);
    }

    /// <summary>Takes note that readers are to see something else of an alert, which is not saved with it.</summary>
    public void Shown(ActiveAlert alert)
    {
        alert.View = null;
        IsChanged = true;
    }

    /// <summary>Takes an alert out of those that go on. One that never fired leaves nothing behind.</summary>
    public void End(ActiveAlert alert, StateChanges changes)
    {
        _active.Remove(alert.Labels);
        IsChanged = true;
        if (alert.FiredAt is null)
        {
            changes.Delete(StoredAlert.Table, alert.Episode);
            return;
        }

        _ended.Add(alert);
        changes.Put(StoredAlert.Table, StoredAlert.Of(alert, clock));
    }

    /// <summary>Writes what has changed its state, and once a minute what has another value.</summary>
    public void Save(StateChanges changes, bool all)
    {
        Refresh();
        bool isDue = clock.Now >= _nextSave;
        foreach (ActiveAlert alert in _active.Values)
        {
            if (alert.IsUnsaved || all || (isDue && (!alert.Value.Equals(alert.SavedValue) || alert.QuietSince > _lastSave)))
            {
                alert.IsUnsaved = false;
                alert.SavedValue = alert.Value;
                changes.Put(StoredAlert.Table, StoredAlert.Of(alert, clock));
            }
        }

        if (isDue)
        {
            _lastSave = clock.Now;
            _nextSave = _lastSave + SaveInterval;
        }
    }

    /// <summary>Moves what has ended in this step to the past; by now somebody has described it.</summary>
    public void Settle()
    {
        foreach (ActiveAlert alert in _ended)
        {
            _past.AddFirst(AlertViews.Of(alert, clock));
            if (_past.Count > MostPast)
            {
                _past.RemoveLast();
            }
        }

        _ended.Clear();
    }

    public void LoadPast(IEnumerable<StoredAlert> rows)
    {
        guard.Each(
            rows.OrderByDescending(row => row.ResolvedAt).Take(MostPast),
            row => _past.AddLast(AlertViews.Of(row.ToActive(clock), clock)));
    }

    // Numbers move while the state stays: readers see them a little later.
    private void Refresh()
    {
        if (clock.Now < _nextRefresh)
        {
            return;
        }

        foreach (ActiveAlert alert in _active.Values)
        {
            if (alert.View is { } view && (!alert.Value.Equals(view.Value ?? double.NaN) || alert.QuietSince > _lastRefresh))
            {
                alert.Refresh(guard);
                alert.View = null;
                IsChanged = true;
            }
        }

        _lastRefresh = clock.Now;
        _nextRefresh = _lastRefresh + RefreshInterval;
    }
}
