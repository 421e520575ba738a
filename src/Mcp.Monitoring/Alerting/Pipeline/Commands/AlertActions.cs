using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Manual;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Commands;

/// <summary>What people can have done. It belongs to the engine's thread.</summary>
internal sealed class AlertActions(AlertClock clock, AlertRegister register, IncidentManager incidents, SilenceStore silences, AlertIntake intake, ManualAlerts manual, StateChanges changes)
{
    /// <summary>Gets or sets whether silences have changed since this was last set to <see langword="false"/>.</summary>
    public bool AreSilencesChanged { get; set; }

    public bool Resolve(string alertId, string by)
    {
        ActiveAlert? alert = register.Active.Values.FirstOrDefault(alert => alert.Episode == alertId && alert.IsRaised);
        int? incident = alert?.Incident;
        if (alert is null || !manual.Resolve(alert.Labels, intake))
        {
            return false;
        }

        incidents.Note(incident, intake.Settings.Message.Texts.Say("incident.alert_resolved", AlertTitle.Of(alert)), by);
        return true;
    }

    public bool Acknowledge(int incident, string by, string? comment) => incidents.Acknowledge(incident, by, comment);

    public bool ResolveIncident(int incident, string by, string? comment) => incidents.Resolve(incident, by, comment, intake.Settings);

    public Silence Silence(Silence silence)
    {
        if (silences.IsFull)
        {
            throw new InvalidOperationException($"There are {SilenceStore.Most} silences already. End one first.");
        }

        Silence made = silence with
        {
            Id = Guid.CreateVersion7().ToString("N"),
            StartsAt = silence.StartsAt > clock.UtcNow ? silence.StartsAt.ToUniversalTime() : clock.UtcNow,
            EndsAt = silence.EndsAt.ToUniversalTime(),
            Matchers = [.. silence.Matchers],
        };
        silences.Add(made, changes);
        AreSilencesChanged = true;
        return made;
    }

    public bool Unsilence(string id)
    {
        bool wasThere = silences.Remove(id, clock.UtcNow, changes);
        AreSilencesChanged |= wasThere;
        return wasThere;
    }
}
