namespace Mcp.Monitoring.Alerting;

/// <summary>What readers and channels see of an alert.</summary>
internal static class AlertViews
{
    public static Alert Of(TrackedAlert tracked, AlertClock clock)
    {
        ActiveAlert alert = tracked.Alert;
        return new Alert
        {
            Id = alert.Episode,
            Name = alert.Rule,
            Severity = alert.Severity,
            State = alert.State,
            Labels = alert.Labels,
            Fingerprint = alert.Labels.Fingerprint.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Summary = alert.Description.Summary,
            Facts = alert.Description.Facts,
            Value = Known(alert.Value),
            Peak = Known(alert.Peak),
            Limit = Known(alert.Limit),
            StartedAt = clock.ToUtc(alert.StartedAt),
            FiredAt = clock.ToUtc(alert.FiredAt),
            ResolvedAt = clock.ToUtc(alert.ResolvedAt),
            ResolveReason = alert.ResolveReason,
            IsSilenced = tracked.IsSilenced,
            IsInhibited = tracked.IsInhibited,
            IsFlapping = tracked.IsFlapping,
            Incident = tracked.Incident?.Number,
            Runbook = alert.Description.Runbook,
        };
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
