using Mcp.Monitoring.Alerting.Settings;

namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>An escalation that goes on.</summary>
internal sealed class EscalationRun(EscalationPolicy policy, AlertSeverity severity, TimeSpan started)
{
    /// <summary>Gets the severity that it is for: it ends when nothing of that severity fires any more.</summary>
    public AlertSeverity Severity => severity;

    /// <summary>Gets the policy as it was at the beginning.</summary>
    public EscalationPolicy Policy => policy;

    public TimeSpan Started => started;

    /// <summary>Gets whether everybody is called at the beginning, though there is no news that a message of the group would tell.</summary>
    public bool IsCalledAgain { get; init; }

    /// <summary>Gets or sets the step that comes next, from 0 on.</summary>
    public int Step { get; set; }

    /// <summary>Gets or sets when it is due; <see langword="null"/> if there is none.</summary>
    public TimeSpan? Due { get; set; } = started + policy.After(0);

    /// <summary>Goes on to the next step.</summary>
    /// <param name="now">The present: it is not due before.</param>
    /// <param name="atOnce">Whether nobody could be told by this one, so that the next does not wait.</param>
    public void Next(TimeSpan now, bool atOnce = false)
    {
        Step++;
        TimeSpan? planned = started + policy.After(Step);
        Due = planned is null ? null : atOnce ? now : planned;
    }
}
