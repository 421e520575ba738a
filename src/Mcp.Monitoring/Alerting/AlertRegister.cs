using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting;

/// <summary>All alerts that go on, and the last of those that are over. It belongs to the engine's thread.</summary>
internal sealed class AlertRegister(AlertClock clock, FaultIsolation guard)
{
    public const int MostPast = 1_000;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(15);

    private readonly Dictionary<AlertLabels, TrackedAlert> _active = [];
    private readonly LinkedList<Alert> _past = new();
    private readonly List<TrackedAlert> _ended = [];

    private TimeSpan _lastSave;
    private TimeSpan _nextSave;
    private TimeSpan _lastRefresh;
    private TimeSpan _nextRefresh;

    /// <summary>Gets the alerts that go on, those that are pending among them.</summary>
    public IReadOnlyDictionary<AlertLabels, TrackedAlert> Active => _active;

    /// <summary>Gets those that are over, the newest first.</summary>
    public IReadOnlyCollection<Alert> Past => _past;

    /// <summary>Gets or sets whether readers have seen less than there is.</summary>
    public bool IsChanged { get; set; } = true;

    public TrackedAlert? Find(AlertLabels labels) => _active.GetValueOrDefault(labels);

    /// <summary>Takes up an alert, or a further episode of one.</summary>
    public TrackedAlert Add(ActiveAlert alert)
    {
        if (!_active.TryGetValue(alert.Labels, out TrackedAlert? tracked) || tracked.Alert != alert)
        {
            _active[alert.Labels] = tracked = new TrackedAlert(alert);
        }

        Changed(tracked);
        return tracked;
    }

    /// <summary>Leaves out alerts that nobody was told of, and that were not saved.</summary>
    public void Forget(Func<ActiveAlert, bool> which)
    {
        foreach (AlertLabels labels in _active.Where(known => which(known.Value.Alert)).Select(known => known.Key).ToArray())
        {
            _active.Remove(labels);
            IsChanged = true;
        }
    }

    public void Changed(TrackedAlert tracked)
    {
        tracked.View = null;
        tracked.IsUnsaved = true;
        IsChanged = true;
    }

    /// <summary>Takes an alert out of those that go on. One that never fired leaves nothing behind.</summary>
    public void End(TrackedAlert tracked, StateChanges changes)
    {
        _active.Remove(tracked.Alert.Labels);
        IsChanged = true;
        if (tracked.Alert.FiredAt is null)
        {
            changes.Delete(StoredAlert.Table, tracked.Alert.Episode);
            return;
        }

        _ended.Add(tracked);
        changes.Put(StoredAlert.Table, StoredAlert.Of(tracked.Alert, clock));
    }

    /// <summary>Writes what has changed its state, and once a minute what has another value.</summary>
    public void Save(StateChanges changes, bool all)
    {
        Refresh();
        bool isDue = clock.Now >= _nextSave;
        foreach (TrackedAlert tracked in _active.Values)
        {
            ActiveAlert alert = tracked.Alert;
            if (tracked.IsUnsaved || all || (isDue && (!alert.Value.Equals(tracked.SavedValue) || alert.QuietSince > _lastSave)))
            {
                tracked.IsUnsaved = false;
                tracked.SavedValue = alert.Value;
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
        foreach (TrackedAlert tracked in _ended)
        {
            _past.AddFirst(AlertViews.Of(tracked, clock));
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
            row => _past.AddLast(AlertViews.Of(new TrackedAlert(row.ToActive(clock)), clock)));
    }

    // Numbers move while the state stays: readers see them a little later.
    private void Refresh()
    {
        if (clock.Now < _nextRefresh)
        {
            return;
        }

        foreach (TrackedAlert tracked in _active.Values)
        {
            if (tracked.View is { } view && (!tracked.Alert.Value.Equals(view.Value ?? double.NaN) || tracked.Alert.QuietSince > _lastRefresh))
            {
                tracked.Alert.Refresh(guard);
                tracked.View = null;
                IsChanged = true;
            }
        }

        _lastRefresh = clock.Now;
        _nextRefresh = _lastRefresh + RefreshInterval;
    }
}
