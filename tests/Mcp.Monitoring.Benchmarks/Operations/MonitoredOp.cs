using System.Diagnostics;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>One success through a bound handle: in progress, duration, outcome, last success.</summary>
internal readonly struct MonitoredOp(OperationCells operation, OperationContext context) : IOp
{
    public long Run()
    {
        operation.Started();
        var start = Stopwatch.GetTimestamp();
        var end = Stopwatch.GetTimestamp();
        operation.Ended(OperationOutcome.Success, end - start, end, context);
        return end;
    }
}
