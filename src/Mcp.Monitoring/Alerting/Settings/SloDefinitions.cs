using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>The objectives that the options ask for, or where they name none: 99.5 % available, 95 % within the target and 99 % within the limit of an alert.</summary>
internal static class SloDefinitions
{
    private const decimal UsualAvailability = 0.995m;
    private const decimal UsualWithinTarget = 0.95m;
    private const decimal UsualWithinAlert = 0.99m;

    private const string WithinTarget = "latency_p95";
    private const string WithinAlert = "latency_p99";

    public static IReadOnlyList<SloDefinition> Of(AlertOptions options, ThresholdOptions thresholds) => options.Slos.Count > 0
        ? [.. options.Slos.Select(slo => Of(slo, options, thresholds))]
        :
        [
            new("availability", Availability(operation: null, options), UsualAvailability),
            new(WithinTarget, Latency(operation: null, thresholds.ResponseTimeThresholdMs), UsualWithinTarget),
            new(WithinAlert, Latency(operation: null, thresholds.ResponseTimeAlertMs), UsualWithinAlert),
        ];

    /// <summary>Gets the limits that must be edges of the latency histogram, in seconds.</summary>
    public static IEnumerable<double> Edges(AlertOptions options, ThresholdOptions thresholds) =>
        Of(options, thresholds).Where(slo => slo.Indicator.Kind == SloKind.Latency).Select(slo => slo.Indicator.ThresholdSeconds);

    /// <summary>Gets the setting that an objective of latency has its limit from, as a user knows it.</summary>
    public static string LimitSettingOf(string slo, AlertOptions options) => options.Slos.FirstOrDefault(known => known.Name == slo) switch
    {
        { ThresholdMs: not null } => $"threshold_ms of {slo} in alerts.slos",
        null when slo == WithinAlert => "thresholds.response_time_alert_ms",
        null when slo != WithinTarget => $"LatencyTargetMs of {slo}",
        _ => "thresholds.response_time_threshold_ms",
    };

    private static SloDefinition Of(SloOptions slo, AlertOptions options, ThresholdOptions thresholds) => new(
        slo.Name,
        slo.Kind == SloKind.Latency ? Latency(slo.Operation, slo.ThresholdMs ?? thresholds.ResponseTimeThresholdMs) : Availability(slo.Operation, options),
        (decimal)slo.Objective)
    {
        MinimumCalls = slo.MinimumCalls,
        MinimumFailures = slo.MinimumFailures,
    };

    private static SloIndicator Availability(string? operation, AlertOptions options) =>
        new(SloKind.Availability, 0, operation, CountsToolErrors: options.AvailabilityCountsToolErrors);

    private static SloIndicator Latency(string? operation, double milliseconds) => new(SloKind.Latency, milliseconds / 1000, operation);
}
