namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Is told of every change of an alert, by rules and by code alike; on the engine's thread.</summary>
internal interface IAlertIntake
{
    /// <summary>The condition holds, but not yet for long enough: others may be its consequence.</summary>
    void Pending(ActiveAlert alert);

    /// <summary>It has just begun to fire.</summary>
    void Firing(ActiveAlert alert);

    /// <summary>A firing alert has another severity.</summary>
    void SeverityChanged(ActiveAlert alert);

    /// <summary>Something that people are shown of a firing alert has changed: its failures have stopped, or its condition holds again.</summary>
    void Changed(ActiveAlert alert);

    /// <summary>It is over; or it was pending, and never fired (<see cref="ActiveAlert.FiredAt"/> is <see langword="null"/>).</summary>
    void Resolved(ActiveAlert alert);
}
