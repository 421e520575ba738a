using Mcp.Monitoring.Alerts.Storage;

namespace Mcp.Monitoring.Alerts.Flapping;

/// <summary>Counts how often alerts come and go, and says which flap. It belongs to the engine's thread.</summary>
internal sealed class FlapBook(AlertClock clock)
{
    private readonly Dictionary<AlertLabels, FlapHistory> _histories = [];

    public FlapHistory? Find(AlertLabels labels) => _histories.GetValueOrDefault(labels);

    /// <summary>Takes note that an alert fires.</summary>
    public FlapHistory? Fired(AlertLabels labels, StoreChanges changes)
    {
        FlapHistory? history = Find(labels);
        if (history is not null)
        {
            history.LastChange = clock.Now;
            changes.Put(StoredFlapping.Of(history, clock));
        }

        return history;
    }

    /// <summary>Takes note that an alert that fired is over.</summary>
    /// <returns>Its history if it has begun to flap with this, else <see langword="null"/>.</returns>
    public FlapHistory? Ended(AlertLabels labels, FlappingOptions options, StoreChanges changes)
    {
        if (!options.Enabled)
        {
            return null;
        }

        TimeSpan now = clock.Now;
        if (!_histories.TryGetValue(labels, out FlapHistory? history))
        {
            _histories[labels] = history = new FlapHistory(labels);
        }

        history.LastChange = now;
        history.Ends.Enqueue(now);
        Trim(history, options, now);
        bool hasBegun = !history.IsFlapping && history.Ends.Count >= options.Cycles;
        history.IsFlapping |= hasBegun;
        changes.Put(StoredFlapping.Of(history, clock));
        return hasBegun ? history : null;
    }

    /// <summary>Takes out the histories that no longer matter, and returns those of alerts that have settled.</summary>
    public List<FlapHistory> Settle(FlappingOptions options, StoreChanges changes)
    {
        TimeSpan now = clock.Now;
        List<FlapHistory> settled = [];
        foreach ((AlertLabels labels, FlapHistory history) in _histories)
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

            _histories.Remove(labels);
            changes.Delete<StoredFlapping>(StoredFlapping.KeyOf(labels));
        }

        return settled;
    }

    /// <summary>Gets when a flapping alert will have settled if nothing happens.</summary>
    public TimeSpan? NextChange(FlappingOptions options)
    {
        TimeSpan? next = null;
        foreach (FlapHistory history in _histories.Values)
        {
            if (history.IsFlapping && !(next <= history.LastChange + options.Quiet))
            {
                next = history.LastChange + options.Quiet;
            }
        }

        return next;
    }

    public void Load(StoredRows rows, Guard guard) => guard.Each(rows.Of<StoredFlapping>(), row =>
    {
        FlapHistory history = row.ToHistory(clock);
        _histories[history.Labels] = history;
    });

    public void SaveAll(StoreChanges changes)
    {
        foreach (FlapHistory history in _histories.Values)
        {
            changes.Put(StoredFlapping.Of(history, clock));
        }
    }

    private static void Trim(FlapHistory history, FlappingOptions options, TimeSpan now)
    {
        while (history.Ends.Count > options.Cycles || (history.Ends.TryPeek(out TimeSpan oldest) && oldest < now - options.Window))
        {
            history.Ends.Dequeue();
        }
    }
}
