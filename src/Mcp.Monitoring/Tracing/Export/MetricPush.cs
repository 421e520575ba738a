using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Meters;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The metrics by OTLP, each minute.</summary>
internal static class MetricPush
{
    private const int IntervalMs = 60_000;
    private const int LongestPushMs = 30_000;

    public static IReadOnlyList<string> Meters(MetricsOptions metrics) => [MeterNames.Own, .. metrics.BridgedMeters];

    public static MetricReader Reader(OtlpExporterOptions options) => new PeriodicExportingMetricReader(new OtlpMetricExporter(options), IntervalMs, LongestPushMs);

    /// <summary>Leaves out what <c>/metrics</c> leaves out: meters of other hosts, and that of the SDK, which <c>*</c> would take as well.</summary>
    public static MetricStreamConfiguration? View(Instrument instrument, MeterSelection selection, IMeterFactory factory) =>
        instrument.Meter.Name == MeterNames.Own
            ? instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, factory) ? null : MetricStreamConfiguration.Drop
            : selection.Takes(instrument.Meter) ? null : MetricStreamConfiguration.Drop;
}
