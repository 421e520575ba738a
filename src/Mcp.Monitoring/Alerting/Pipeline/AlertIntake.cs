using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>The beginning of the pipeline: each change of an alert goes to those whom it concerns. It belongs to the engine's thread.</summary>
internal sealed class AlertIntake(
    AlertRegister register, GroupDispatcher groups, Inhibitions inhibitions, SilenceStage silences, IncidentManager incidents, StateChanges changes, FaultIsolation guard) : IAlertIntake
{
    /// <summary>Gets or sets what the options say in this step.</summary>
    public required AlertSettings Settings { get; set; }

    /// <summary>Gets or sets whether what a former run told is not known yet: alerts are kept and shown, and who is told of them is decided later.</summary>
    public bool IsHeld { get; set; }

    public void Pending(ActiveAlert alert)
    {
        register.Add(alert);
        Note(alert);
    }

    public void Firing(ActiveAlert alert)
    {
        register.Add(alert);

        // It may be over when it is told, and then nobody can say any more what it was about. What is raised says so itself.
        if (!alert.IsRaised)
        {
            alert.Refresh(guard);
        }

        silences.Apply(alert);
        if (!IsHeld)
        {
            Note(alert);
            groups.Join(alert, Settings);
        }
    }

    /// <summary>Takes up an alert that code raised, unless there are too many. Those of rules, which are bounded by their rule, always come in.</summary>
    public bool TryFire(ActiveAlert alert)
    {
        ActiveAlert? known = register.Find(alert.Labels);
        if (known is null ? register.Active.Count >= Settings.Storm.MaxAlerts : !known.IsRaised)
        {
            return false;
        }

        Firing(alert);
        return true;
    }

    public void SeverityChanged(ActiveAlert alert)
    {
        if (register.Find(alert.Labels) is { } known)
        {
            register.Changed(known);
            if (!IsHeld)
            {
                Note(alert);
                known.Group?.FlushNow();
            }
        }
    }

    public void Changed(ActiveAlert alert)
    {
        if (register.Find(alert.Labels) is { } known)
        {
            register.Changed(known);
            known.Group?.FlushNow();
        }
    }

    public void Resolved(ActiveAlert alert)
    {
        if (register.Find(alert.Labels) != alert)
        {
            return;
        }

        register.End(alert, changes);
        Note(alert);
        incidents.Ended(alert);
        alert.Group?.FlushNow();
    }

    /// <summary>Goes on with an alert of a former run.</summary>
    public void Restore(ActiveAlert alert)
    {
        register.Add(alert);
        alert.IsUnsaved = false;
        alert.SavedValue = alert.Value;
        inhibitions.Note(alert);
        if (alert.IsFiring)
        {
            silences.Apply(alert);
            groups.Join(alert, Settings);
            incidents.Restore(alert);
        }
    }

    private void Note(ActiveAlert alert)
    {
        if (inhibitions.Note(alert))
        {
            groups.FlushService(alert.Labels[AlertLabels.Service]);
        }
    }
}
