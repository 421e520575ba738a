using System.Diagnostics;
using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>One success through the instruments of OpenTelemetry, with tags made beforehand.</summary>
internal readonly struct OpenTelemetryOp(OpenTelemetryTools tools, string name) : IOp
{
    private readonly KeyValuePair<string, object?> _operation = new("operation", name);

    public long Run() => Run(tools, _operation);

    public static long Run(OpenTelemetryTools tools, KeyValuePair<string, object?> operation)
    {
        var type = new KeyValuePair<string, object?>("operation_type", "tools");
        tools.InProgress.Add(1, type);
        var start = Stopwatch.GetTimestamp();
        var end = Stopwatch.GetTimestamp();
        tools.InProgress.Add(-1, type);
        tools.Duration.Record(Stopwatch.GetElapsedTime(start, end).TotalSeconds, type, operation, new KeyValuePair<string, object?>("status", "success"));
        tools.Ended.Add(1, type, operation, new KeyValuePair<string, object?>("outcome", "success"));
        return end;
    }
}
