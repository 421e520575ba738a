using Mcp.Monitoring.Alerting.Inhibition;
using Mcp.Monitoring.Alerting.Messages;

namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>
/// Whether a channel is to be told of a group, and when: Alertmanager's order (first, new, over, again), with a repeat that is exact and an end that comes only
/// where the beginning did. What is urgent, or over, is told at once; the interval holds only what adds detail to what is known.
/// </summary>
/// <param name="GroupChange">What it is to be told; <see langword="null"/> if nothing.</param>
/// <param name="Due">When.</param>
/// <param name="Same">What begins, but is only another name for what the channel knows: told already.</param>
internal readonly record struct FlushDecision(GroupChange? GroupChange, TimeSpan? Due, IReadOnlyList<TrackedAlert> Same)
{
    private const double MuchWorse = 5;

    private static readonly TimeSpan BetweenMuchWorse = TimeSpan.FromMinutes(15);

    public static FlushDecision Of(AlertGroup group, ChannelView view, AlertGroupingOptions options, TimeSpan now)
    {
        List<TrackedAlert> begun = [], going = [], over = [], same = [];
        foreach (TrackedAlert member in group.Members.Values)
        {
            if (view.Firing.Contains(member.Fingerprint))
            {
                (member.IsFiring ? going : over).Add(member);
            }
            else if (member.IsVisible && member.Channels.Contains(view.Channel, StringComparer.Ordinal))
            {
                begun.Add(member);
            }
        }

        if (view.IsTold)
        {
            same = begun.FindAll(member => IsSame(member, going, over, view));
            begun.RemoveAll(same.Contains);
        }

        TrackedAlert[] visible = [.. going.Where(member => member.IsVisible), .. same];
        GroupChange news = new(NotificationKind.Update) { Begun = begun, Going = visible, Over = over, Known = view.Severity, StoppedAt = StoppedAt([.. begun, .. visible]) };
        (GroupChange GroupChange, TimeSpan Due)? next =
            group.IsFlapping ? WhileFlapping(view, news, now)
            : !view.IsTold ? First(group, news, options, now)
            : begun.Count == 0 && going.Count + same.Count == 0 ? (news with { Kind = NotificationKind.Resolved }, now)
            : Later(group, view, news, over.Find(member => !going.Concat(same).Any(other => IsRelated(member, other))), options, now);
        if (next is not { } told)
        {
            return new(null, null, same);
        }

        // What is silenced meanwhile goes on all the same: the end of another is not the end.
        return new(told.GroupChange with { Going = visible.Length > 0 ? visible : [.. going] }, told.Due, same);
    }

    /// <summary>Gets when an alert has waited long enough for others of its group.</summary>
    public static TimeSpan Waited(TrackedAlert member, AlertGroupingOptions options) =>
        member.Alert.FiredAt!.Value + (IsCritical(member) ? Shorter(options.CriticalWait, options.Wait) : options.Wait);

    private static (GroupChange GroupChange, TimeSpan Due)? First(AlertGroup group, GroupChange news, AlertGroupingOptions options, TimeSpan now) =>
        news.Begun.Count == 0 ? null
        : group.IsUnsilenced ? (news with { Kind = NotificationKind.SilenceExpired }, now)
        : (news with { Kind = NotificationKind.First }, news.Begun.Min(member => Waited(member, options)));

    // It was said that nothing more is told until it has settled; only that it is more severe than was said cannot wait.
    private static (GroupChange GroupChange, TimeSpan Due)? WhileFlapping(ChannelView view, GroupChange news, TimeSpan now) =>
        view.IsTold && news.Begun.Concat(news.Going).Any(member => IsUrgent(member) && member.Alert.Severity > view.Severity) ? (news with { Over = [], StoppedAt = null }, now) : null;

    private static (GroupChange GroupChange, TimeSpan Due)? Later(AlertGroup group, ChannelView view, GroupChange news, TrackedAlert? firstOver, AlertGroupingOptions options, TimeSpan now)
    {
        if (group.IsUnsilenced && news.Begun.Count + news.Going.Count > 0)
        {
            return (news with { Kind = NotificationKind.SilenceExpired }, now);
        }

        TimeSpan detail = view.LastSent + options.Interval;

        // What else belongs to it may be over in a moment, too.
        TimeSpan? due = firstOver?.Alert.ResolvedAt + options.Interval;
        due = due < detail ? detail : due;
        foreach (TrackedAlert member in news.Begun)
        {
            bool isNew = member.Alert.Severity > view.Severity || (!group.HasSharedCause && !news.Going.Any(known => CauseOrder.Explains(known.Alert, member.Alert)));
            due = Min.Of(due, IsUrgent(member) && isNew ? Waited(member, options) : detail);
        }

        foreach (TrackedAlert worse in news.Going.Where(member => member.Alert.Severity > view.Severity))
        {
            due = Min.Of(due, IsUrgent(worse) ? now : detail);
        }

        bool isMuchWorse = news.Going.Any(member => IsMuchWorse(member, view));
        bool hasFallen = HasFallen(view, news);
        bool hasResumed = view.IsStopTold && news.Begun.Concat(news.Going).Any(member => IsUrgent(member) && member.Alert.IsGoingOn);
        TimeSpan? stoppedAt = !view.IsStopTold && news.StoppedAt <= view.FirstSent ? news.StoppedAt : null;
        due = isMuchWorse ? Min.Of(due, view.LastSent + BetweenMuchWorse) : due;
        due = hasFallen ? Min.Of(due, detail) : due;
        due = stoppedAt is null && !hasResumed ? due : now;
        TimeSpan? again = Again(view, news.Going, options);
        return due is null && again is null ? null
            : Min.Of(due, again) == due ? (news with { IsMuchWorse = isMuchWorse, HasFallen = hasFallen, HasResumed = hasResumed, StoppedAt = stoppedAt }, due!.Value)
            : (news with { Kind = NotificationKind.Repeat, StoppedAt = null }, again!.Value);
    }

    private static TimeSpan? Again(ChannelView view, IReadOnlyList<TrackedAlert> going, AlertGroupingOptions options)
    {
        TrackedAlert[] open = [.. going.Where(member => member.Incident is not { } incident || incident.State == Alerting.IncidentState.Triggered)];
        return open.Length == 0 ? null : view.LastSent + open.Min(member => member.Alert.RepeatInterval ?? options.RepeatInterval);
    }

    private static bool IsMuchWorse(TrackedAlert member, ChannelView view) =>
        member.Alert is { IsIntensity: true, QuietSince: null } alert && view.Values.TryGetValue(member.Fingerprint, out double told) && told > 0 && alert.Value >= MuchWorse * told;

    private static bool HasFallen(ChannelView view, GroupChange news) =>
        view is { Severity: AlertSeverity.Critical, IsFallTold: false } && news.Begun.Count + news.Going.Count > 0 && !news.Begun.Concat(news.Going).Any(IsCritical);

    private static TimeSpan? StoppedAt(TrackedAlert[] told) => told.Length > 0 && told.All(member => member.Alert.StoppedAt is not null) ? told.Max(member => member.Alert.StoppedAt) : null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static bool IsCritical(TrackedAlert member) => member.Alert.Severity == AlertSeverity.Critical;

    private static bool IsUrgent(TrackedAlert member) => member.Alert.Severity >= AlertSeverity.High;

    // A cause that comes to light after its consequence was told is the same outage under its right name.
    private static bool IsSame(TrackedAlert begun, List<TrackedAlert> going, List<TrackedAlert> over, ChannelView view) =>
        begun.Alert.Severity <= view.Severity && going.Concat(over).Any(known => CauseOrder.IsMoreSpecific(begun.Alert, known.Alert));

    private static bool IsRelated(TrackedAlert one, TrackedAlert other) =>
        CauseOrder.IsMoreSpecific(one.Alert, other.Alert) || CauseOrder.IsMoreSpecific(other.Alert, one.Alert);
}
