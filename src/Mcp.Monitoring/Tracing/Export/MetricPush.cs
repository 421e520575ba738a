using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Bridge;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The metrics by OTLP, each minute. A push that fails is made good by the next: the numbers are totals.</summary>
internal static class MetricPush
{
    private const int IntervalMs = 60_000;
    private const int LongestPushMs = 30_000;

    public static IReadOnlyList<string> Meters(MetricsOptions metrics) => [MeterPublisher.MeterName, .. metrics.BridgedMeters];

    public static MetricReader Reader(OtelOptions options, TimeProvider time, ILogger logger)
    {
        OtlpAddress address = OtlpAddress.OfMetrics(options)!;
        var mismatch = new ProtocolMismatch(address, Receivers.NameOf("OTLP", address), ProtocolMismatch.Remedy(address), logger);
        AnswerReader answers = Receivers.Answers(address, options.OtlpHeaders, time, mismatch);
        var exporter = new OtlpMetricExporter(Receivers.OtlpOptions(address, options.OtlpTimeoutMs, answers));
        return new PeriodicExportingMetricReader(exporter, IntervalMs, LongestPushMs);
    }

    /// <summary>Leaves out what <c>/metrics</c> leaves out: meters of other hosts, and that of the SDK, which <c>*</c> would take as well.</summary>
    public static MetricStreamConfiguration? View(Instrument instrument, MeterSelection selection, IMeterFactory factory) =>
        instrument.Meter.Name == MeterPublisher.MeterName
            ? instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, factory) ? null : MetricStreamConfiguration.Drop
            : selection.Takes(instrument.Meter) ? null : MetricStreamConfiguration.Drop;
}
