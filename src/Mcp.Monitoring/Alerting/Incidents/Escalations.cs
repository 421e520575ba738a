using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>Runs the steps of incidents that nobody has acknowledged. It belongs to the engine's thread.</summary>
/// <param name="clock">The time.</param>
/// <param name="channels">The channels that there are.</param>
/// <param name="incidents">The incidents.</param>
/// <param name="notify">Tells a channel of an alert, with a remark.</param>
/// <param name="guard">Keeps one that fails from holding up the others.</param>
/// <param name="texts">The language of messages.</param>
internal sealed class Escalations(
    AlertClock clock, Func<IReadOnlyList<ChannelStatus>> channels, IncidentManager incidents, Action<ActiveAlert, string, string> notify, FaultIsolation guard, Func<AlertTexts> texts)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>Runs the steps that are due.</summary>
    /// <param name="hasTold">Whether anybody was told, which is news of a group.</param>
    /// <returns>When the next is.</returns>
    public TimeSpan? Tick(out bool hasTold)
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

            while (incident.Run is { } run && run.Due <= now && Worst(incident, run) is { } alert)
            {
                hasTold = true;
                TryStep(incident, run, alert);
            }

            next = Min.Of(next, incident.Run?.Due > now ? incident.Run.Due : null);
        }

        return next;
    }

    // People are called about what the policy is for and what still goes on; what is less by now only stands in the same incident.
    private static bool Fires(OpenIncident incident, EscalationRun run) =>
        incident.Active.Count == 0 || incident.Active.Any(alert => alert.IsFiring && alert.Severity >= run.Severity);

    private static ActiveAlert? Worst(OpenIncident incident, EscalationRun run) =>
        incident.Active.Where(alert => alert.IsVisible && alert.Group is not null && alert.Severity >= run.Severity && alert.IsGoingOn)
            .OrderByDescending(alert => alert.Severity).ThenBy(alert => CauseOrder.RankOf(alert.Rule) ?? int.MaxValue).FirstOrDefault();

    private void TryStep(OpenIncident incident, EscalationRun run, ActiveAlert alert)
    {
        try
        {
            RunStep(incident, run, alert);
        }
        catch (Exception exception)
        {
            guard.Report(exception);
            run.Due = clock.Now + FaultIsolation.Retry;
        }
    }

    private void RunStep(OpenIncident incident, EscalationRun run, ActiveAlert alert)
    {
        TimeSpan now = clock.Now;
        EscalationStep step = run.Policy.Step(run.Step);
        if ((incident.IsAcknowledged && step.OnlyIfNotAcknowledged) || IsSaidByNext(run, step, now))
        {
            run.Next(now);
            incidents.Changed(incident);
            return;
        }

        string[] told = ChannelsOf(step, run, alert);
        TimeSpan late = now - run.Due!.Value;
        string remark = WithDelay(Remark(incident, run, now), late);
        foreach (string channel in told)
        {
            notify(alert, channel, remark);
        }

        if (told.Length > 0)
        {
            incidents.Note(incident, WithDelay(texts().Say("incident.step", Number(run.Step + 1), string.Join(", ", told)), late));
        }

        run.Next(now, atOnce: IsLost(told, Named(run.Policy.Step(run.Step + 1), alert)));
        incidents.Changed(incident);
    }

    // After a time in which nothing ran, people are called once and not once for each step of it.
    private static bool IsSaidByNext(EscalationRun run, EscalationStep step, TimeSpan now) =>
        run.Started + run.Policy.After(run.Step + 1) <= now && run.Policy.Step(run.Step + 1).Channels.SequenceEqual(step.Channels, StringComparer.Ordinal);

    private string Remark(OpenIncident incident, EscalationRun run, TimeSpan now)
    {
        return incident.IsAcknowledged ? texts().Say("remark.acknowledged", LineSanitizer.Of(incident.AcknowledgedBy ?? "", 100), Number(run.Step + 1))
            : run is { IsCalledAgain: true, Step: 0 } ? incident.Timeline[^1].What
            : texts().Say("remark.not_acknowledged", texts().Elapsed(now - run.Started), Number(run.Step + 1));
    }

    private string WithDelay(string said, TimeSpan late) => late > Late ? texts().Say("remark.late", said, texts().Elapsed(late)) : said;

    // The number of something is its name, and no count.
    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The first step of a new incident is what its group tells by itself.
    private string[] ChannelsOf(EscalationStep step, EscalationRun run, ActiveAlert alert)
    {
        string[] named = Named(step, alert);
        return run is { Step: 0, IsCalledAgain: false } && step.After == TimeSpan.Zero ? [.. named.Except(alert.Channels, StringComparer.Ordinal)] : named;
    }

    private string[] Named(EscalationStep step, ActiveAlert alert)
    {
        IReadOnlyList<ChannelStatus> existing = channels();
        IEnumerable<string> named = step.Channels.Count > 0 ? DefaultRouting.Or(step.Channels, alert.Severity, existing) : alert.Channels;
        string about = alert.Labels[AlertLabels.Channel];

        // In the order of the channels: that of an alert is the order in which they came to know of it.
        HashSet<string> called = new(named, StringComparer.Ordinal);
        return [.. existing.Select(channel => channel.Name).Where(name => name != about && called.Contains(name))];
    }

    // A step that calls nobody, such as one for the log, has not failed to.
    private bool IsLost(string[] told, string[] next)
    {
        ChannelStatus[] remote = [.. channels().Where(channel => channel.IsRemote)];
        ChannelStatus[] called = [.. remote.Where(channel => told.Contains(channel.Name, StringComparer.Ordinal))];
        return called.Length > 0 && called.All(channel => channel.IsDown) && remote.Any(channel => !channel.IsDown && next.Contains(channel.Name, StringComparer.Ordinal));
    }
}
