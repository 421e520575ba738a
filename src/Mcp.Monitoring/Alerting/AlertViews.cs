using System.Globalization;

namespace Mcp.Monitoring.Alerting;

/// <summary>What readers and channels see of an alert.</summary>
internal static class AlertViews
{
    public static Alert Of(ActiveAlert alert, AlertClock clock) => new()
    {
        Id = alert.Episode,
        Name = alert.Rule,
        Severity = alert.Severity,
        State = alert.State,
        Labels = alert.Labels,
        Fingerprint = alert.Fingerprint.ToString("x16", CultureInfo.InvariantCulture),
        Summary = alert.Description.Summary,
        Facts = alert.Description.Facts,
        Value = Known(alert.Value),
        Peak = Known(alert.Peak),
        Limit = Known(alert.Limit),
        StartedAt = clock.ToUtc(alert.StartedAt),
        FiredAt = clock.ToUtc(alert.FiredAt),
        ResolvedAt = clock.ToUtc(alert.ResolvedAt),
        ResolveReason = alert.ResolveReason,
        IsSilenced = alert.IsSilenced,
        IsInhibited = alert.IsInhibited,
        IsFlapping = alert.Group is { IsFlapping: true },
        Incident = alert.Incident,
        Runbook = alert.Description.Runbook,
    };

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
