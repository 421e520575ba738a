using System.Globalization;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Inhibition;
using Mcp.Monitoring.Alerting.Messages;
using Mcp.Monitoring.Alerting.Routing;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Escalation;

/// <summary>Runs the steps of incidents that nobody has acknowledged. It belongs to the engine's thread.</summary>
internal sealed class Escalations(AlertClock clock, IOutbox outbox, IncidentManager incidents, Notifier notifier, FaultIsolation guard)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>Runs the steps that are due.</summary>
    /// <param name="settings">What the options say.</param>
    /// <param name="changes">Takes what is to be saved.</param>
    /// <param name="hasTold">Whether anybody was told, which is news of a group.</param>
    /// <returns>When the next is.</returns>
    public TimeSpan? Advance(AlertSettings settings, StateChanges changes, out bool hasTold)
    {
        TimeSpan now = clock.Now;
        TimeSpan? next = null;
        hasTold = false;
        foreach (OpenIncident incident in incidents.Open)
        {
            // What nobody may be told of now waits; it is looked at again whenever that changes.
            if (incident.Run is { } over && !Fires(incident, over))
            {
                incidents.EndEscalation(incident);
            }

            while (incident.Run is { } run && run.Due <= now && Worst(incident, run) is { } tracked)
            {
                hasTold = true;
                TryStep(incident, run, tracked, settings, changes);
            }

            next = Min.Of(next, incident.Run?.Due > now ? incident.Run.Due : null);
        }

        return next;
    }

    // People are called about what the policy is for and what still goes on; what is less by now only stands in the same incident.
    private static bool Fires(OpenIncident incident, EscalationRun run) =>
        incident.Active.Count == 0 || incident.Active.Any(tracked => tracked.IsFiring && tracked.Alert.Severity >= run.Severity);

    private static TrackedAlert? Worst(OpenIncident incident, EscalationRun run) =>
        incident.Active.Where(tracked => tracked.IsVisible && tracked.Group is not null && tracked.Alert.Severity >= run.Severity && tracked.Alert.IsGoingOn)
            .OrderByDescending(tracked => tracked.Alert.Severity).ThenBy(tracked => CauseOrder.RankOf(tracked.Alert.Rule) ?? int.MaxValue).FirstOrDefault();

    private void TryStep(OpenIncident incident, EscalationRun run, TrackedAlert tracked, AlertSettings settings, StateChanges changes)
    {
        try
        {
            RunStep(incident, run, tracked, settings, changes);
        }
        catch (Exception exception)
        {
            guard.Report(exception);
            run.Due = clock.Now + FaultIsolation.Retry;
        }
    }

    private void RunStep(OpenIncident incident, EscalationRun run, TrackedAlert tracked, AlertSettings settings, StateChanges changes)
    {
        TimeSpan now = clock.Now;
        EscalationStep step = run.Policy.Step(run.Step);
        if ((incident.IsAcknowledged && step.OnlyIfNotAcknowledged) || IsSaidByNext(run, step, now))
        {
            run.Next(now);
            incidents.Changed(incident);
            return;
        }

        string[] channels = ChannelsOf(step, run, tracked);
        TimeSpan late = now - run.Due!.Value;
        string name = string.Create(CultureInfo.InvariantCulture, $"step {run.Step + 1}");
        string remark = late > Late ? $"{Remark(incident, run, name, now)} ({Durations.Text(late)} late)" : Remark(incident, run, name, now);
        foreach (string channel in channels)
        {
            ChannelView view = tracked.Group!.ViewOf(channel);
            bool isKnown = view.Firing.Contains(tracked.Fingerprint);
            tracked.Channels = [.. tracked.Channels.Union([channel], StringComparer.Ordinal)];
            notifier.Tell(
                tracked.Group, view, new GroupChange(NotificationKind.Escalation) { Begun = isKnown ? [] : [tracked], Going = isKnown ? [tracked] : [], Remark = remark }, settings, changes);
        }

        if (channels.Length > 0)
        {
            incidents.Note(incident, late > Late ? $"{name}: {string.Join(", ", channels)} ({Durations.Text(late)} late)" : $"{name}: {string.Join(", ", channels)}");
        }

        tracked.Group!.Look();
        run.Next(now, atOnce: IsLost(channels, Named(run.Policy.Step(run.Step + 1), tracked)));
        incidents.Changed(incident);
    }

    // After a time in which nothing ran, people are called once and not once for each step of it.
    private static bool IsSaidByNext(EscalationRun run, EscalationStep step, TimeSpan now) =>
        run.Started + run.Policy.After(run.Step + 1) <= now && run.Policy.Step(run.Step + 1).Channels.SequenceEqual(step.Channels, StringComparer.Ordinal);

    private static string Remark(OpenIncident incident, EscalationRun run, string name, TimeSpan now)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"incident {incident.Number}");
        return incident.IsAcknowledged ? $"acknowledged by {LineSanitizer.Of(incident.AcknowledgedBy ?? "", 100)}, {name}, {number}"
            : run is { IsCalledAgain: true, Step: 0 } ? $"{incident.Timeline[^1].What}, {number}"
            : $"not acknowledged for {Durations.Text(now - run.Started)}, {name}, {number}";
    }

    // The first step of a new incident is what its group tells by itself.
    private string[] ChannelsOf(EscalationStep step, EscalationRun run, TrackedAlert tracked)
    {
        string[] named = Named(step, tracked);
        return run is { Step: 0, IsCalledAgain: false } && step.After == TimeSpan.Zero ? [.. named.Except(tracked.Channels, StringComparer.Ordinal)] : named;
    }

    private string[] Named(EscalationStep step, TrackedAlert tracked)
    {
        IReadOnlyList<ChannelStatus> channels = outbox.Channels;
        IEnumerable<string> named = step.Channels.Count > 0 ? DefaultRouting.Or(step.Channels, tracked.Alert.Severity, channels) : tracked.Channels;
        return [.. named.Where(name => channels.Any(channel => channel.Name == name))];
    }

    // A step that calls nobody, such as one for the log, has not failed to.
    private bool IsLost(string[] told, string[] next)
    {
        ChannelStatus[] remote = [.. outbox.Channels.Where(channel => channel.IsRemote)];
        ChannelStatus[] called = [.. remote.Where(channel => told.Contains(channel.Name, StringComparer.Ordinal))];
        return called.Length > 0 && called.All(channel => channel.IsDown) && remote.Any(channel => !channel.IsDown && next.Contains(channel.Name, StringComparer.Ordinal));
    }
}
