using Mcp.Monitoring.Alerting.Messages;
using Mcp.Monitoring.Alerting.Raising;
using Mcp.Monitoring.Alerting.Silences;

namespace Mcp.Monitoring.Alerting.Commands;

/// <summary>What people can have done. It belongs to the engine's thread.</summary>
internal sealed class AlertActions(AlertParts parts, AlertIntake intake, ManualAlerts raised)
{
    /// <summary>Gets or sets whether silences have changed since this was last set to <see langword="false"/>.</summary>
    public bool AreSilencesChanged { get; set; }

    public bool Resolve(string alertId, string by)
    {
        TrackedAlert? tracked = parts.Register.Active.Values.FirstOrDefault(tracked => tracked.Alert.Episode == alertId && tracked.Alert.IsRaised);
        if (tracked is null || !raised.Resolve(tracked.Alert.Labels, intake))
        {
            return false;
        }

        if (tracked.Incident is { } incident)
        {
            parts.Incidents.Note(incident, $"{AlertTitle.Of(tracked.Alert)} resolved", by);
        }

        return true;
    }

    public bool Acknowledge(int incident, string by, string? comment) => parts.Incidents.Acknowledge(incident, by, comment);

    public bool ResolveIncident(int incident, string by, string? comment) => parts.Incidents.Resolve(incident, by, comment, parts.Settings);

    public Silence Silence(Silence silence)
    {
        if (parts.Silences.IsFull)
        {
            throw new InvalidOperationException($"There are {SilenceStore.Most} silences already. End one first.");
        }

        Silence made = silence with
        {
            Id = Guid.CreateVersion7().ToString("N"),
            StartsAt = silence.StartsAt > parts.Clock.UtcNow ? silence.StartsAt.ToUniversalTime() : parts.Clock.UtcNow,
            EndsAt = silence.EndsAt.ToUniversalTime(),
            Matchers = [.. silence.Matchers],
        };
        parts.Silences.Add(made, parts.Changes);
        AreSilencesChanged = true;
        return made;
    }

    public bool Unsilence(string id)
    {
        bool wasThere = parts.Silences.Remove(id, parts.Clock.UtcNow, parts.Changes);
        AreSilencesChanged |= wasThere;
        return wasThere;
    }

    public bool Announce(string text, AlertSeverity severity)
    {
        parts.Notifier.Announce(text, severity, parts.Router.ChannelsFor(severity), parts.Changes);
        return true;
    }
}
