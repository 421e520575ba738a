using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>Two timestamps and the step to the next tool.</summary>
internal struct ColdTimestamps(OperationCells[] tools) : IOp
{
    private int _next;

    public long Run() => (tools[_next++ & (tools.Length - 1)] is null ? 1 : 0) + default(TwoTimestamps).Run();
}

/// <summary>One success of the next tool.</summary>
internal struct ColdMonitoredOp(OperationCells[] tools, OperationContext context) : IOp
{
    private int _next;

    public long Run() => new MonitoredOp(tools[_next++ & (tools.Length - 1)], context).Run();
}

/// <summary>One success of the next tool, through the instruments of OpenTelemetry.</summary>
internal struct ColdOpenTelemetryOp(OpenTelemetryTools tools, KeyValuePair<string, object?>[] operations) : IOp
{
    private int _next;

    public long Run() => OpenTelemetryOp.Run(tools, operations[_next++ & (operations.Length - 1)]);
}

/// <summary>The same, with what is in progress counted by type only.</summary>
internal struct ColdOpenTelemetryByTypeOp(OpenTelemetryTools tools, KeyValuePair<string, object?>[] operations) : IOp
{
    private int _next;

    public long Run() => OpenTelemetryOp.RunByType(tools, operations[_next++ & (operations.Length - 1)]);
}
