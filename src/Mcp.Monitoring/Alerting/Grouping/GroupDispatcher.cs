using System.Globalization;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Flapping;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Inhibition;
using Mcp.Monitoring.Alerting.Messages;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>All groups that go on. It belongs to the engine's thread.</summary>
internal sealed class GroupDispatcher(
    AlertClock clock, Notifier notifier, Generations generations, AlertRegister register, FlapDetector flaps, Inhibitions inhibitions, IncidentManager incidents, FaultIsolation guard)
{
    // What begins to fail alike within this time is one outage.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooksAtValues = TimeSpan.FromSeconds(15);

    // A condition that is away for a moment has not gone.
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(2);

    private readonly Dictionary<AlertLabels, AlertGroup> _groups = [];
    private readonly Dictionary<string, AlertGroup> _byId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AlertGroup> All => _groups.Values;

    /// <summary>Has a firing alert belong to its group, which is opened if there is none.</summary>
    public void Join(TrackedAlert tracked, AlertSettings settings)
    {
        AlertLabels key = KeyOf(tracked.Alert, settings);
        if (!_groups.TryGetValue(key, out AlertGroup? group))
        {
            group = new AlertGroup(GroupKey.Id(key, generations.Next()), key, clock.Now) { StartedAt = tracked.Alert.StartedAt, Flaps = flaps.Find(key) };
            Add(group);
        }

        group.Add(tracked);
        group.IsUnsaved = true;
        tracked.Group = group;
        group.Look();
    }

    /// <summary>Has all groups of a service looked at in this step: a cause has come or gone.</summary>
    public void LookAtService(string service)
    {
        foreach (AlertGroup group in _groups.Values)
        {
            string known = group.Labels[AlertLabels.Service];
            if (known.Length == 0 || known == service)
            {
                group.Look();
            }
        }
    }

    /// <summary>Looks at the groups that want it, and tells who is to be told.</summary>
    /// <returns>When the next one wants it.</returns>
    public TimeSpan? Advance(AlertSettings settings, StateChanges changes)
    {
        TimeSpan now = clock.Now;
        TimeSpan? next = null;
        foreach (AlertGroup group in _groups.Values)
        {
            if (group.Due > now || group.Due is null || GoesOn(group, settings, changes, now))
            {
                next = Min.Of(next, group.Due);
            }
        }

        return next;
    }

    /// <summary>Takes note of what has become of a message. Who stands in for a channel, and hears the end in its place, is the outbox's business.</summary>
    public void Report(OutboxMessage ended)
    {
        if (!_byId.TryGetValue(ended.Notification.Group, out AlertGroup? group))
        {
            return;
        }

        ChannelView view = group.ViewOf(ended.InsteadOf ?? ended.Channel);
        view.Ended = Math.Max(view.Ended, ended.Generation);
        group.IsUnsaved = true;
        if (ended.State == OutboxState.Sent && ended.InsteadOf is null)
        {
            view.IsDelivered |= view.IsTold;
            view.Reference ??= ended.Reference;
        }
    }

    public void Load(StateRows rows)
    {
        guard.Each(rows.Of(StoredGroup.Table), Load);
        guard.Each(rows.Of(OutboxMessage.Table).OrderBy(message => message.Generation), message =>
        {
            generations.Seen(message.Generation);
            if (message.State is OutboxState.Sent or OutboxState.Superseded or OutboxState.Dead && IsNews(message))
            {
                Report(message);
            }
        });
    }

    /// <summary>Lists the groups that an alert belongs to: more than one where it came again after it was to be grouped otherwise.</summary>
    public AlertGroup[] Of(AlertLabels alert) => [.. _groups.Values.Where(group => group.Members.ContainsKey(alert))];

    public void Save(StateChanges changes, bool all)
    {
        foreach (AlertGroup group in _groups.Values)
        {
            if (group.IsUnsaved || all)
            {
                group.IsUnsaved = false;
                changes.Put(StoredGroup.Table, StoredGroup.Of(group, clock));
            }
        }
    }

    // Errors of one type are one outage if they began together, or if this is told already; that all operations fail is what has become of it.
    private AlertLabels KeyOf(ActiveAlert alert, AlertSettings settings)
    {
        AlertLabels key = GroupKey.Of(alert, settings.Grouping.By);
        return key.ContainsKey(GroupKey.ErrorType) && alert.Rule != CauseOrder.TotalOutage && _groups.TryGetValue(key, out AlertGroup? group) && !group.Knows(alert) && (group.StartedAt - alert.StartedAt).Duration() > Together
            ? GroupKey.Apart(key, alert)
            : key;
    }

    /// <summary>Lists what does not fire yet and belongs to a group: its condition holds.</summary>
    public TrackedAlert[] PendingOf(AlertGroup group, AlertSettings settings) =>
        [.. register.Active.Values.Where(tracked => tracked.Alert.State == AlertState.Pending && KeyOf(tracked.Alert, settings).Equals(group.Labels))];

    private static IEnumerable<string> ChannelsOf(AlertGroup group) =>
        group.Members.Values.Where(member => member.IsFiring).SelectMany(member => member.Channels)
            .Concat(group.Views.Values.Where(view => view.IsTold).Select(view => view.Channel))
            .Distinct(StringComparer.Ordinal);

    private void Load(StoredGroup row)
    {
        foreach (StoredView view in row.Views)
        {
            generations.Seen(view.Generation);
        }

        if (row.Closed is null)
        {
            AlertGroup group = row.ToGroup(clock);
            Add(group);
            group.Look();
        }
    }

    private bool IsNews(OutboxMessage message) =>
        _byId.TryGetValue(message.Notification.Group, out AlertGroup? group) && group.ViewOf(message.InsteadOf ?? message.Channel).Ended < message.Generation;

    private bool GoesOn(AlertGroup group, AlertSettings settings, StateChanges changes, TimeSpan now)
    {
        try
        {
            group.Due = Evaluate(group, settings, changes, now);
            if (!group.IsOver)
            {
                return true;
            }

            Close(group, changes);
            return false;
        }
        catch (Exception exception)
        {
            guard.Report(exception);
            group.Due = now + FaultIsolation.Retry;
            return true;
        }
    }

    private TimeSpan? Evaluate(AlertGroup group, AlertSettings settings, StateChanges changes, TimeSpan now)
    {
        TimeSpan? due = null;
        foreach (TrackedAlert member in group.Members.Values)
        {
            if (member.IsFiring)
            {
                Judge(member, now, ref due);
                Admit(member, settings, now, ref due);
            }
        }

        ForgetEvents(group);
        due = Min.Of(due, NoteFlapping(group, settings, changes, now));
        foreach (string channel in ChannelsOf(group).ToArray())
        {
            due = Min.Of(due, Tell(group, group.ViewOf(channel), settings, changes, now));
        }

        group.IsUnsilenced = false;
        if (group.Members.Values.Any(member => member is { IsFiring: true, Alert.IsIntensity: true }))
        {
            due = Min.Of(due, now + BetweenLooksAtValues);
        }

        foreach (TrackedAlert member in group.Members.Values.Where(member => !member.IsFiring).ToArray())
        {
            if (!group.Views.Values.Any(view => view.Firing.Contains(member.Fingerprint)))
            {
                group.Remove(member.Alert.Labels);
            }
        }

        return due;
    }

    // What has happened is told, and no end of it.
    private static void ForgetEvents(AlertGroup group)
    {
        foreach (TrackedAlert member in group.Members.Values.Where(member => member is { IsFiring: false, Alert.IsEvent: true }))
        {
            foreach (ChannelView view in group.Views.Values)
            {
                if (view.Firing.Remove(member.Fingerprint) && !view.IsTold)
                {
                    view.Close();
                }

                group.IsUnsaved = true;
            }
        }
    }

    // It has gone when nothing of it has gone on for a while, or all of it is over.
    private TimeSpan? NoteFlapping(AlertGroup group, AlertSettings settings, StateChanges changes, TimeSpan now)
    {
        TrackedAlert[] told = [.. group.Members.Values.Where(member => member is { IsSilenced: false, IsInhibited: false, Alert.IsEvent: false })];
        TrackedAlert[] firing = [.. told.Where(member => member.IsFiring)];
        TimeSpan? quietSince = firing.Length == 0 || firing.Any(member => member.Alert.GoneSince is null) ? null : firing.Max(member => member.Alert.GoneSince);
        if (told.Length == 0 || (quietSince is { } quiet && now < quiet + Away))
        {
            return quietSince + Away;
        }

        bool isGoingOn = firing.Length > 0 && quietSince is null;
        TimeSpan at = isGoingOn ? firing.Min(member => member.Alert.StartedAt) : quietSince ?? told.Max(member => member.Alert.EndedAt ?? now);
        bool hasBegun = flaps.Note(group.Labels, isGoingOn, at, settings.Flapping, changes);
        group.Flaps = flaps.Find(group.Labels);
        if (hasBegun)
        {
            TellFlapping(group, told, settings, changes);
        }

        return null;
    }

    private void TellFlapping(AlertGroup group, TrackedAlert[] members, AlertSettings settings, StateChanges changes)
    {
        FlapHistory history = group.Flaps!;
        string remark = string.Create(
            CultureInfo.InvariantCulture,
            $"comes and goes: {history.Cycles.Count} times in {Durations.Text(clock.Now - history.Cycles.Peek().Began)}, no more messages until it has settled");
        foreach (string channel in members.SelectMany(member => member.Channels).Distinct(StringComparer.Ordinal))
        {
            ChannelView view = group.ViewOf(channel);
            TrackedAlert[] known = [.. members.Where(member => view.Firing.Contains(member.Fingerprint))];
            TrackedAlert[] begun = known.Length > 0 ? [] : [.. members.Where(member => member.Channels.Contains(channel, StringComparer.Ordinal))];
            notifier.Tell(group, view, new GroupChange(NotificationKind.FlappingStarted) { Begun = begun, Going = known, Remark = remark }, settings, changes);
        }
    }

    /// <summary>Tells that a group has settled, and how: it goes on, or is over.</summary>
    public void TellSettled(FlapHistory history, AlertSettings settings, StateChanges changes)
    {
        if (!_groups.TryGetValue(history.Labels, out AlertGroup? group))
        {
            return;
        }

        group.Flaps = null;
        group.Look();
        foreach (ChannelView view in group.Views.Values.Where(view => view.IsTold).ToArray())
        {
            TrackedAlert[] known = [.. group.Members.Values.Where(member => view.Firing.Contains(member.Fingerprint))];
            TrackedAlert[] going = [.. known.Where(member => member.IsVisible)];
            if (going.Length > 0 || !known.Any(member => member.IsFiring))
            {
                var news = new GroupChange(NotificationKind.FlappingEnded) { Going = going, Over = [.. known.Where(member => !member.IsFiring)], Remark = going.Length > 0 ? "has settled and goes on" : "has settled" };
                notifier.Tell(group, view, news, settings, changes);
            }
        }
    }

    private void Judge(TrackedAlert member, TimeSpan now, ref TimeSpan? due)
    {
        bool isInhibited = inhibitions.IsConsequence(member.Alert, now, out TimeSpan? until);
        due = Min.Of(due, until);
        if (isInhibited != member.IsInhibited)
        {
            member.IsInhibited = isInhibited;
            member.View = null;
            register.IsChanged = true;
        }
    }

    private void Admit(TrackedAlert member, AlertSettings settings, TimeSpan now, ref TimeSpan? due)
    {
        if (!member.IsVisible)
        {
            return;
        }

        TimeSpan waited = FlushDecision.Waited(member, settings.Grouping);
        if (now >= waited)
        {
            incidents.Admit(member, settings);
        }
        else
        {
            due = Min.Of(due, waited);
        }
    }

    private TimeSpan? Tell(AlertGroup group, ChannelView view, AlertSettings settings, StateChanges changes, TimeSpan now)
    {
        FlushDecision decision = FlushDecision.Of(group, view, settings.Grouping, now);
        view.Firing.UnionWith(decision.Same.Select(member => member.Fingerprint));
        group.IsUnsaved |= decision.Same.Count > 0;
        if (decision.GroupChange is null || decision.Due > now)
        {
            return decision.Due;
        }

        notifier.Tell(group, view, decision.GroupChange with { Pending = PendingOf(group, settings) }, settings, changes);
        return FlushDecision.Of(group, view, settings.Grouping, now).Due;
    }

    private void Add(AlertGroup group)
    {
        _groups[group.Labels] = group;
        _byId[group.Id] = group;
    }

    private void Close(AlertGroup group, StateChanges changes)
    {
        _groups.Remove(group.Labels);
        _byId.Remove(group.Id);
        changes.Put(StoredGroup.Table, StoredGroup.Of(group, clock, isClosed: true));
    }
}
