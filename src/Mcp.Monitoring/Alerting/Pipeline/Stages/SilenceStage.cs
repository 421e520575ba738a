namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>Keeps from being told what a silence or a maintenance window is for.</summary>
internal sealed class SilenceStage(SilenceStore silences, AlertRegister register, AlertClock clock) : IStage
{
    public void Run(GroupFlush flush)
    {
        foreach (ActiveAlert alert in flush.Firing)
        {
            Apply(alert);
        }
    }

    /// <summary>Finds out whether an alert is silenced now; its group is flushed when that has changed.</summary>
    public void Apply(ActiveAlert alert)
    {
        bool isSilenced = silences.IsSilenced(alert, clock.UtcNow);
        if (alert.IsSilenced == isSilenced)
        {
            return;
        }

        alert.IsSilenced = isSilenced;
        register.Shown(alert);
        if (alert.Group is { } group)
        {
            group.IsUnsilenced |= !isSilenced && alert.IsFiring;
            group.IsUnsaved = true;
            group.FlushNow();
        }
    }
}
