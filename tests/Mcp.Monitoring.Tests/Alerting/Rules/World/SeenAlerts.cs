using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>Remembers what it was told of alerts, with the instant.</summary>
internal sealed class SeenAlerts(Func<TimeSpan> now) : IAlertIntake
{
    public List<(TimeSpan At, string Change, ActiveAlert Alert, AlertSeverity Severity)> Changes { get; } = [];

    public IEnumerable<ActiveAlert> Fired => Changes.Where(change => change.Change == "firing").Select(change => change.Alert);

    public IEnumerable<ActiveAlert> Firing => Fired.Where(alert => alert.State == AlertState.Firing);

    public void Pending(ActiveAlert alert) => Add("pending", alert);

    public void SeverityChanged(ActiveAlert alert) => Add("severity", alert);

    public void Changed(ActiveAlert alert) => Add("changed", alert);

    public void Resolved(ActiveAlert alert) => Add(alert.FiredAt is null ? "never mind" : "resolved", alert);

    void IAlertIntake.Firing(ActiveAlert alert) => Add("firing", alert);

    /// <summary>Gets when the only episode of a rule fired, and when it was over.</summary>
    public (TimeSpan Fired, TimeSpan? Resolved) Only(string rule)
    {
        ActiveAlert alert = Assert.Single(Fired, alert => alert.Rule == rule);
        return (alert.FiredAt!.Value, alert.ResolvedAt);
    }

    private void Add(string change, ActiveAlert alert) => Changes.Add((now(), change, alert, alert.Severity));
}
