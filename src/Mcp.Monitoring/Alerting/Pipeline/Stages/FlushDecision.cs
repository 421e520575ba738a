using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>
/// Whether a channel is to be told of a group, and when: Alertmanager's order (first, new, over, again), with a repeat that is exact and an end that comes only
/// where the beginning did. What is urgent, or over, is told at once; the interval holds only what adds detail to what is known.
/// </summary>
/// <param name="Change">What it is to be told; <see langword="null"/> if nothing.</param>
/// <param name="Due">When.</param>
/// <param name="Same">What begins, but is only another name for what the channel knows: told already.</param>
internal readonly record struct FlushDecision(GroupChange? Change, TimeSpan? Due, IReadOnlyList<ActiveAlert> Same)
{
    private const double MuchWorse = 5;

    private static readonly TimeSpan BetweenMuchWorse = TimeSpan.FromMinutes(15);

    public static FlushDecision Of(AlertGroup group, string channel, NotificationLogEntry? known, AlertGroupingOptions options, TimeSpan now)
    {
        NotificationLogEntry entry = known ?? new NotificationLogEntry { Group = group.Id, Channel = channel };
        List<ActiveAlert> begun = [], going = [], over = [], same = [];
        foreach (ActiveAlert member in group.Members.Values)
        {
            if (entry.Firing.ContainsKey(member.Fingerprint))
            {
                (member.IsFiring ? going : over).Add(member);
            }
            else if (member.IsVisible && member.Channels.Contains(channel, StringComparer.Ordinal))
            {
                begun.Add(member);
            }
        }

        if (entry.IsTold)
        {
            same = begun.FindAll(member => IsSame(member, going, over, entry));
            begun.RemoveAll(same.Contains);
        }

        ActiveAlert[] visible = [.. going.Where(member => member.IsVisible), .. same];
        GroupChange change = new(NotificationKind.Update) { Begun = begun, Going = visible, Over = over, Known = entry.Severity, StoppedAt = StoppedAt([.. begun, .. visible]) };
        (GroupChange Change, TimeSpan Due)? next =
            group.IsFlapping ? WhileFlapping(entry, change, now)
            : !entry.IsTold ? First(group, change, options, now)
            : begun.Count == 0 && going.Count + same.Count == 0 ? (change with { Kind = NotificationKind.Resolved }, now)
            : Later(group, entry, change, over.Find(member => !going.Concat(same).Any(other => IsRelated(member, other))), options, now);
        if (next is not { } told)
        {
            return new(null, null, same);
        }

        // What is silenced meanwhile goes on all the same: the end of another is not the end.
        return new(told.Change with { Going = visible.Length > 0 ? visible : [.. going] }, told.Due, same);
    }

    /// <summary>Gets when an alert has waited long enough for others of its group.</summary>
    public static TimeSpan Waited(ActiveAlert member, AlertGroupingOptions options) =>
        member.FiredAt!.Value + (IsCritical(member) ? Shorter(options.CriticalWait, options.Wait) : options.Wait);

    private static (GroupChange Change, TimeSpan Due)? First(AlertGroup group, GroupChange change, AlertGroupingOptions options, TimeSpan now) =>
        change.Begun.Count == 0 ? null
        : group.IsUnsilenced ? (change with { Kind = NotificationKind.SilenceExpired }, now)
        : (change with { Kind = NotificationKind.First }, change.Begun.Min(member => Waited(member, options)));

    // It was said that nothing more is told until it has settled; only that it is more severe than was said cannot wait.
    private static (GroupChange Change, TimeSpan Due)? WhileFlapping(NotificationLogEntry entry, GroupChange change, TimeSpan now) =>
        entry.IsTold && change.Begun.Concat(change.Going).Any(member => IsUrgent(member) && member.Severity > entry.Severity) ? (change with { Over = [], StoppedAt = null }, now) : null;

    private static (GroupChange Change, TimeSpan Due)? Later(AlertGroup group, NotificationLogEntry entry, GroupChange change, ActiveAlert? firstOver, AlertGroupingOptions options, TimeSpan now)
    {
        if (group.IsUnsilenced && change.Begun.Count + change.Going.Count > 0)
        {
            return (change with { Kind = NotificationKind.SilenceExpired }, now);
        }

        TimeSpan detail = entry.SentAt + options.Interval;

        // What else belongs to it may be over in a moment, too.
        TimeSpan? due = firstOver?.ResolvedAt + options.Interval;
        due = due < detail ? detail : due;
        foreach (ActiveAlert member in change.Begun)
        {
            bool isNew = member.Severity > entry.Severity || (!group.HasSharedCause && !change.Going.Any(known => CauseOrder.Explains(known, member)));
            due = Min.Of(due, IsUrgent(member) && isNew ? Waited(member, options) : detail);
        }

        foreach (ActiveAlert worse in change.Going.Where(member => member.Severity > entry.Severity))
        {
            due = Min.Of(due, IsUrgent(worse) ? now : detail);
        }

        bool isMuchWorse = change.Going.Any(member => IsMuchWorse(member, entry));
        bool hasFallen = HasFallen(entry, change);
        bool hasResumed = entry.IsStopTold && change.Begun.Concat(change.Going).Any(member => IsUrgent(member) && member.IsGoingOn);
        TimeSpan? stoppedAt = !entry.IsStopTold && change.StoppedAt <= entry.FirstSentAt ? change.StoppedAt : null;
        due = isMuchWorse ? Min.Of(due, entry.SentAt + BetweenMuchWorse) : due;
        due = hasFallen ? Min.Of(due, detail) : due;
        due = stoppedAt is null && !hasResumed ? due : now;
        TimeSpan? again = Again(entry, change.Going, options);
        return due is null && again is null ? null
            : Min.Of(due, again) == due ? (change with { IsMuchWorse = isMuchWorse, HasFallen = hasFallen, HasResumed = hasResumed, StoppedAt = stoppedAt }, due!.Value)
            : (change with { Kind = NotificationKind.Repeat, StoppedAt = null }, again!.Value);
    }

    private static TimeSpan? Again(NotificationLogEntry entry, IReadOnlyList<ActiveAlert> going, AlertGroupingOptions options)
    {
        ActiveAlert[] open = [.. going.Where(member => !member.IsAcknowledged)];
        return open.Length == 0 ? null : entry.SentAt + open.Min(member => member.RepeatInterval ?? options.RepeatInterval);
    }

    private static bool IsMuchWorse(ActiveAlert member, NotificationLogEntry entry) =>
        member is { IsIntensity: true, QuietSince: null } alert && entry.Firing.TryGetValue(member.Fingerprint, out double told) && told > 0 && alert.Value >= MuchWorse * told;

    private static bool HasFallen(NotificationLogEntry entry, GroupChange change) =>
        entry is { Severity: AlertSeverity.Critical, IsFallTold: false } && change.Begun.Count + change.Going.Count > 0 && !change.Begun.Concat(change.Going).Any(IsCritical);

    private static TimeSpan? StoppedAt(ActiveAlert[] told) => told.Length > 0 && told.All(member => member.StoppedAt is not null) ? told.Max(member => member.StoppedAt) : null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static bool IsCritical(ActiveAlert member) => member.Severity == AlertSeverity.Critical;

    private static bool IsUrgent(ActiveAlert member) => member.Severity >= AlertSeverity.High;

    // A cause that comes to light after its consequence was told is the same outage under its right name.
    private static bool IsSame(ActiveAlert begun, List<ActiveAlert> going, List<ActiveAlert> over, NotificationLogEntry entry) =>
        begun.Severity <= entry.Severity && going.Concat(over).Any(known => CauseOrder.IsMoreSpecific(begun, known));

    private static bool IsRelated(ActiveAlert one, ActiveAlert other) =>
        CauseOrder.IsMoreSpecific(one, other) || CauseOrder.IsMoreSpecific(other, one);
}
