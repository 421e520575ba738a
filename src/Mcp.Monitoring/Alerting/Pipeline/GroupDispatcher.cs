using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>All groups that go on: in come alerts that fire, and each group is flushed through the stages when something of it has changed or is due. It belongs to the engine's thread.</summary>
internal sealed class GroupDispatcher(AlertClock clock, NotificationLog log, Generations generations, AlertRegister register, FaultIsolation guard)
{
    // What begins to fail alike within this time is one outage.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(2);

    private readonly Dictionary<AlertLabels, AlertGroup> _groups = [];

    /// <summary>Gets or sets what a flush runs through, in this order.</summary>
    public IReadOnlyList<IStage> Stages { get; set; } = [];

    public IReadOnlyCollection<AlertGroup> All => _groups.Values;

    public AlertGroup? Find(AlertLabels labels) => _groups.GetValueOrDefault(labels);

    /// <summary>Has a firing alert belong to its group, which is opened if there is none.</summary>
    public void Join(ActiveAlert alert, AlertSettings settings)
    {
        AlertLabels key = KeyOf(alert, settings);
        if (!_groups.TryGetValue(key, out AlertGroup? group))
        {
            Add(group = new AlertGroup(GroupKey.Id(key, generations.Next()), key, clock.Now) { StartedAt = alert.StartedAt });
        }

        group.Add(alert);
        group.FlushNow();
    }

    /// <summary>Has all groups of a service flushed in this step: a cause has come or gone.</summary>
    public void FlushService(string service)
    {
        foreach (AlertGroup group in _groups.Values)
        {
            string known = group.Labels[AlertLabels.Service];
            if (known.Length == 0 || known == service)
            {
                group.FlushNow();
            }
        }
    }

    public void FlushAll()
    {
        foreach (AlertGroup group in _groups.Values)
        {
            group.FlushNow();
        }
    }

    /// <summary>Flushes the groups that want it.</summary>
    /// <returns>When the next one wants it.</returns>
    public TimeSpan? Tick(AlertSettings settings, StateChanges changes)
    {
        TimeSpan now = clock.Now;
        TimeSpan? next = null;
        foreach (AlertGroup group in _groups.Values)
        {
            if (group.Due <= now)
            {
                Flush(group, settings, changes, now);
            }

            next = Min.Of(next, group.Due);
        }

        return next;
    }

    /// <summary>Lists the groups that an alert belongs to: more than one where it came again after it was to be grouped otherwise.</summary>
    public AlertGroup[] Of(AlertLabels alert) => [.. _groups.Values.Where(group => group.Members.ContainsKey(alert))];

    /// <summary>Lists what does not fire yet and belongs to a group: its condition holds.</summary>
    public IReadOnlyList<ActiveAlert> PendingOf(AlertGroup group, AlertSettings settings) =>
        [.. register.Active.Values.Where(alert => alert.State == AlertState.Pending && KeyOf(alert, settings).Equals(group.Labels))];

    public void Load(StateRows rows) => guard.Each(rows.Of(StoredGroup.Table), row =>
    {
        if (row.Closed is null)
        {
            AlertGroup group = row.ToGroup(clock);
            Add(group);
            group.FlushNow();
        }
    });

    /// <param name="changes">Takes the rows.</param>
    /// <param name="all">Whether all of them are out of date, since the wall clock has jumped.</param>
    public void Save(StateChanges changes, bool all)
    {
        foreach (AlertGroup group in _groups.Values.Where(group => group.IsUnsaved || all))
        {
            group.IsUnsaved = false;
            changes.Put(StoredGroup.Table, StoredGroup.Of(group, clock));
        }
    }

    // Errors of one type are one outage if they began together, or if this is told already; that all operations fail is what has become of it.
    private AlertLabels KeyOf(ActiveAlert alert, AlertSettings settings)
    {
        AlertLabels key = GroupKey.Of(alert, settings.Grouping.By);
        return key.ContainsKey(AlertGroup.ErrorType) && alert.Rule != CauseOrder.TotalOutage
            && _groups.TryGetValue(key, out AlertGroup? group) && !Knows(group, alert) && (group.StartedAt - alert.StartedAt).Duration() > Together
            ? GroupKey.Apart(key, alert)
            : key;
    }

    private bool Knows(AlertGroup group, ActiveAlert alert) =>
        group.Members.ContainsKey(alert.Labels) || log.OfGroup(group.Id).Any(entry => entry.Firing.ContainsKey(alert.Fingerprint));

    private void Add(AlertGroup group) => _groups[group.Labels] = group;

    private void Flush(AlertGroup group, AlertSettings settings, StateChanges changes, TimeSpan now)
    {
        try
        {
            var flush = new GroupFlush(group, settings, changes, now);
            foreach (IStage stage in Stages)
            {
                stage.Run(flush);
            }

            group.Due = flush.Due;
            if (!group.IsFlapping && !flush.Firing.Any() && !log.OfGroup(group.Id).Any(entry => entry.IsTold))
            {
                _groups.Remove(group.Labels);
                group.Due = null;
                changes.Put(StoredGroup.Table, StoredGroup.Of(group, clock, isClosed: true));
            }
        }
        catch (Exception exception)
        {
            guard.Report(exception);
            group.Due = now + FaultIsolation.Retry;
        }
    }
}
