using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Benchmarks.Primitives;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>Two timestamps and the walk through the order.</summary>
internal struct ColdTimestamps(int[] order) : IOp
{
    private int _next;

    public long Run() => order[_next++ & (order.Length - 1)] + default(TwoTimestamps).Run();
}

/// <summary>One success of the next tool in the order.</summary>
internal struct ColdMonitoredOp(OperationCells[] tools, OperationContext context, int[] order) : IOp
{
    private int _next;

    public long Run() => new MonitoredOp(tools[order[_next++ & (order.Length - 1)]], context).Run();
}

/// <summary>One success of the next tool in the order, through the instruments of OpenTelemetry.</summary>
internal struct ColdOpenTelemetryOp(OpenTelemetryTools tools, string[] names, int[] order) : IOp
{
    private readonly KeyValuePair<string, object?>[] _operations = [.. names.Select(name => new KeyValuePair<string, object?>("operation", name))];
    private int _next;

    public long Run() => OpenTelemetryOp.Run(tools, _operations[order[_next++ & (order.Length - 1)]]);
}
