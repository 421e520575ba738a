using Mcp.Monitoring.Alerts.Delivery;
using Mcp.Monitoring.Alerts.Inhibition;
using Mcp.Monitoring.Alerts.Messages;

namespace Mcp.Monitoring.Alerts.Grouping;

/// <summary>
/// Whether a channel is to be told of a group, and when: Alertmanager's order (first, new, over, again), with a repeat that is exact and an end that comes only
/// where the beginning did.
/// </summary>
/// <param name="News">What it is to be told; <see langword="null"/> if nothing.</param>
/// <param name="Due">When.</param>
/// <param name="Same">What begins, but is only another name for what the channel knows: told already.</param>
internal readonly record struct GroupDecision(News? News, TimeSpan? Due, IReadOnlyList<TrackedAlert> Same)
{
    public static GroupDecision Of(AlertGroup group, ChannelView view, AlertGroupingOptions options, TimeSpan now)
    {
        List<TrackedAlert> begun = [], going = [], over = [], same = [];
        bool isUnsettled = false;
        foreach (TrackedAlert member in group.Members.Values)
        {
            if (!view.Firing.Contains(member.Fingerprint))
            {
                if (member.IsVisible && member.Channels.Contains(view.Channel, StringComparer.Ordinal))
                {
                    begun.Add(member);
                }
            }
            else if (member.IsFlapping)
            {
                isUnsettled = true;
            }
            else if (member.IsFiring)
            {
                going.Add(member);
            }
            else
            {
                over.Add(member);
            }
        }

        if (view.IsTold)
        {
            same = begun.FindAll(member => IsSame(member, going, over, view));
            begun.RemoveAll(same.Contains);
        }

        TrackedAlert[] visible = [.. going.Where(member => member.IsVisible), .. same];
        News news = new(NotificationKind.Update) { Begun = begun, Going = visible, Over = over, Known = view.Severity };
        bool goesOn = going.Count > 0 || same.Count > 0 || isUnsettled;
        (NotificationKind Kind, TimeSpan Due)? next =
            !view.IsTold ? First(group, begun, options, now)
            : begun.Count == 0 && !goesOn ? (NotificationKind.Resolved, view.LastSent + options.Interval)
            : Later(group, view, news, over.Exists(member => !going.Concat(same).Any(other => IsRelated(member, other))), options, now);
        if (next is not { } told)
        {
            return new(null, null, same);
        }

        // What is silenced meanwhile goes on all the same: the end of another is not the end.
        return new(news with { Kind = told.Kind, Going = visible.Length > 0 ? visible : [.. going] }, told.Due, same);
    }

    private static (NotificationKind Kind, TimeSpan Due)? First(AlertGroup group, List<TrackedAlert> begun, AlertGroupingOptions options, TimeSpan now) =>
        begun.Count == 0 ? null
        : group.IsUnsilenced ? (NotificationKind.SilenceExpired, now)
        : (NotificationKind.First, begun.Min(member => Waited(member, options)));

    private static (NotificationKind Kind, TimeSpan Due)? Later(
        AlertGroup group, ChannelView view, News news, bool isPartlyOver, AlertGroupingOptions options, TimeSpan now)
    {
        if (group.IsUnsilenced && news.Begun.Count + news.Going.Count > 0)
        {
            return (NotificationKind.SilenceExpired, now);
        }

        TrackedAlert[] worse = [.. news.Going.Where(member => member.Alert.Severity > view.Severity)];
        TimeSpan? due = news.Begun.Count > 0 || worse.Length > 0 || isPartlyOver ? view.LastSent + options.Interval : null;
        if (view.Severity < AlertSeverity.Critical)
        {
            // Nobody sleeps on because a lesser alert of the same group was told a minute ago.
            due = worse.Any(IsCritical) ? now : due;
            due = news.Begun.Where(IsCritical).Aggregate(due, (earliest, member) => Earliest.Of(earliest, Waited(member, options)));
        }

        TimeSpan? again = Again(view, news.Going, options);
        return due is null && again is null ? null
            : Earliest.Of(due, again) == due ? (NotificationKind.Update, due!.Value)
            : (NotificationKind.Repeat, again!.Value);
    }

    private static TimeSpan? Again(ChannelView view, IReadOnlyList<TrackedAlert> going, AlertGroupingOptions options)
    {
        TrackedAlert[] open = [.. going.Where(member => member.Incident is not { } incident || incident.State == Incidents.IncidentState.Triggered)];
        return open.Length == 0 ? null : view.LastSent + open.Min(member => member.Alert.RepeatInterval ?? options.RepeatInterval);
    }

    /// <summary>Gets when an alert has waited long enough for others of its group.</summary>
    public static TimeSpan Waited(TrackedAlert member, AlertGroupingOptions options) =>
        member.Alert.FiredAt!.Value + (IsCritical(member) ? Shorter(options.CriticalWait, options.Wait) : options.Wait);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static bool IsCritical(TrackedAlert member) => member.Alert.Severity == AlertSeverity.Critical;

    // A cause that comes to light after its consequence was told is the same outage under its right name.
    private static bool IsSame(TrackedAlert begun, List<TrackedAlert> going, List<TrackedAlert> over, ChannelView view) =>
        begun.Alert.Severity <= view.Severity && going.Concat(over).Any(known => CauseOrder.Explains(begun.Alert, known.Alert));

    private static bool IsRelated(TrackedAlert one, TrackedAlert other) =>
        CauseOrder.Explains(one.Alert, other.Alert) || CauseOrder.Explains(other.Alert, one.Alert);
}
