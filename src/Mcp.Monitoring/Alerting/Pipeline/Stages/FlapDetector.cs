using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Counts how often groups come and go, and says which flap. It belongs to the engine's thread.</summary>
internal sealed class FlapDetector(AlertClock clock)
{
    private readonly Dictionary<AlertLabels, FlapHistory> _histories = [];

    public FlapHistory? Find(AlertLabels group) => _histories.GetValueOrDefault(group);

    public bool IsFlapping(AlertLabels group) => Find(group) is { IsFlapping: true };

    /// <summary>Takes note of whether a group goes on.</summary>
    /// <param name="group">The labels of the group.</param>
    /// <param name="isGoingOn">Whether it goes on.</param>
    /// <param name="at">Since when that is so.</param>
    /// <param name="options">What counts as flapping.</param>
    /// <param name="changes">Takes what is to be saved.</param>
    /// <returns>Whether it has begun to flap with this.</returns>
    public bool Note(AlertLabels group, bool isGoingOn, TimeSpan at, FlappingOptions options, StateChanges changes)
    {
        if (!options.Enabled)
        {
            return false;
        }

        FlapHistory? history = Find(group);
        if (history?.IsGoingOn == isGoingOn || (history is null && !isGoingOn))
        {
            return false;
        }

        if (history is null)
        {
            _histories[group] = history = new FlapHistory(group);
        }

        history.IsGoingOn = isGoingOn;
        history.LastChange = clock.Now;
        if (isGoingOn)
        {
            history.Began = at;
        }
        else
        {
            history.Cycles.Enqueue(new FlapCycle(history.Began, at));
        }

        Trim(history, options);
        bool hasBegun = !isGoingOn && !history.IsFlapping && history.Cycles.Count >= options.Cycles;
        history.IsFlapping |= hasBegun;
        changes.Put(StoredFlapping.Table, StoredFlapping.Of(history, clock));
        return hasBegun;
    }

    /// <summary>Takes out the histories that no longer matter, and returns those of groups that have settled.</summary>
    public List<FlapHistory> Settle(FlappingOptions options, StateChanges changes)
    {
        TimeSpan now = clock.Now;
        List<FlapHistory> settled = [];
        foreach ((AlertLabels group, FlapHistory history) in _histories)
        {
            if (history.IsFlapping ? options.Enabled && now < history.LastChange + options.Quiet : now < history.LastChange + options.Window)
            {
                continue;
            }

            if (history.IsFlapping)
            {
                history.IsFlapping = false;
                settled.Add(history);
            }

            _histories.Remove(group);
            changes.Delete(StoredFlapping.Table, StoredFlapping.KeyOf(group));
        }

        return settled;
    }

    /// <summary>Gets when a flapping group will have settled if nothing happens.</summary>
    public TimeSpan? NextChange(FlappingOptions options)
    {
        TimeSpan? next = null;
        foreach (FlapHistory history in _histories.Values)
        {
            next = history.IsFlapping ? Min.Of(next, history.LastChange + options.Quiet) : next;
        }

        return next;
    }

    public void Load(StateRows rows, FaultIsolation guard) => guard.Each(rows.Of(StoredFlapping.Table), row =>
    {
        FlapHistory history = row.ToHistory(clock);
        _histories[history.Labels] = history;
    });

    public void SaveAll(StateChanges changes)
    {
        foreach (FlapHistory history in _histories.Values)
        {
            changes.Put(StoredFlapping.Table, StoredFlapping.Of(history, clock));
        }
    }

    private void Trim(FlapHistory history, FlappingOptions options)
    {
        while (history.Cycles.Count > options.Cycles || (history.Cycles.TryPeek(out FlapCycle oldest) && oldest.Ended < clock.Now - options.Window))
        {
            history.Cycles.Dequeue();
        }
    }
}
