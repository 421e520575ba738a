using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// The same operations on the meter <c>Mcp.Monitoring</c>, for OpenTelemetry and others who listen: counters and gauges are read from the registry when
/// they are observed, only durations are recorded, and only while somebody listens.
/// </summary>
internal sealed class MeterPublisher : OperationListener
{
    // OpenTelemetry semantic conventions for MCP, metric mcp.server.operation.duration.
    private static readonly InstrumentAdvice<double> ConventionBuckets =
        new() { HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300] };

    private readonly MonitoringClock _clock;
    private readonly Meter _meter;
    private readonly Histogram<double> _serverDuration;
    private readonly Histogram<double> _operationDuration;

    public MeterPublisher(IMeterFactory factory, MetricsRegistry registry)
        : base(InternalErrors.Operation, OperationMoments.Completed)
    {
        _clock = registry.Clock;
        _meter = factory.Create(MeterNames.Own, BuildInfo.LibraryVersion);
        _serverDuration = _meter.CreateHistogram(
            "mcp.server.operation.duration", "s", "The duration of an MCP request as the server sees it, without waits for people.", advice: ConventionBuckets);
        _operationDuration = _meter.CreateHistogram(
            MetricNames.OperationDuration.MeterName, "s", MetricNames.OperationDuration.Help,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = registry.Buckets.Bounds });
        registry.Added = Publish;
        foreach (MetricFamily family in registry.Families)
        {
            Publish(family);
        }
    }

    public override bool IsListenedTo => _serverDuration.Enabled || _operationDuration.Enabled;

    public override void Completed(OperationRecord record)
    {
        if (IsListenedTo)
        {
            Record(record);
        }
    }

    private void Record(OperationRecord record)
    {
        if (_serverDuration.Enabled && record.Call is { } call)
        {
            RecordRequest(record, call);
        }

        if (_operationDuration.Enabled && record.Outcome is OperationOutcome.Success or OperationOutcome.ServerError or OperationOutcome.ToolError)
        {
            _operationDuration.Record(
                _clock.ToSeconds(record.ActiveTicks),
                new("operation_type", record.Operation.Type.Label()),
                new("operation", record.Operation.Name),
                new("status", record.Outcome == OperationOutcome.Success ? "success" : "error"));
        }
    }

    private void Publish(MetricFamily family)
    {
        MetricDefinition definition = family.Definition;
        switch (definition.Kind)
        {
            case MetricKind.Counter when family.HasFractions:
                _meter.CreateObservableCounter(definition.MeterName, family.Values, definition.MeterUnit, definition.Help);
                break;
            case MetricKind.Counter:
                _meter.CreateObservableCounter(definition.MeterName, family.Counts, definition.MeterUnit, definition.Help);
                break;
            case MetricKind.Gauge:
                _meter.CreateObservableGauge(definition.MeterName, family.Values, definition.MeterUnit, definition.Help);
                break;
        }
    }

    private void RecordRequest(OperationRecord record, ProtocolCall call)
    {
        var tags = new TagList
        {
            { "mcp.method.name", call.Method },
            { "network.transport", call.Transport },
            { "mcp.protocol.version", call.ProtocolVersion },
        };
        switch (record.Operation.Type)
        {
            case OperationType.Tools:
                tags.Add("gen_ai.tool.name", record.Operation.Name);
                tags.Add("gen_ai.operation.name", "execute_tool");
                break;
            case OperationType.Prompts:
                tags.Add("gen_ai.prompt.name", record.Operation.Name);
                break;
        }

        if (record.StatusCode is { } code)
        {
            tags.Add("rpc.response.status_code", code);
        }

        if (ConventionErrors.TypeOf(record) is { } error)
        {
            tags.Add("error.type", error);
        }

        _serverDuration.Record(_clock.ToSeconds(record.ActiveTicks), tags);
    }
}
