using System.Diagnostics;
using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>One success through the instruments of OpenTelemetry, with tags made beforehand.</summary>
internal readonly struct OpenTelemetryOp(OpenTelemetryTools tools, string name) : IOp
{
    private readonly KeyValuePair<string, object?> _operation = new("operation", name);

    public long Run() => Run(tools, _operation);

    /// <summary>In progress by tool, as the cells keep it.</summary>
    public static long Run(OpenTelemetryTools tools, KeyValuePair<string, object?> operation)
    {
        var type = new KeyValuePair<string, object?>("operation_type", "tools");
        tools.InProgress.Add(1, type, operation);
        var start = Stopwatch.GetTimestamp();
        var end = Stopwatch.GetTimestamp();
        tools.InProgress.Add(-1, type, operation);
        return End(tools, type, operation, start, end);
    }

    /// <summary>In progress by type only, as it is published.</summary>
    public static long RunByType(OpenTelemetryTools tools, KeyValuePair<string, object?> operation)
    {
        var type = new KeyValuePair<string, object?>("operation_type", "tools");
        tools.InProgress.Add(1, type);
        var start = Stopwatch.GetTimestamp();
        var end = Stopwatch.GetTimestamp();
        tools.InProgress.Add(-1, type);
        return End(tools, type, operation, start, end);
    }

    private static long End(OpenTelemetryTools tools, KeyValuePair<string, object?> type, KeyValuePair<string, object?> operation, long start, long end)
    {
        tools.Duration.Record(Stopwatch.GetElapsedTime(start, end).TotalSeconds, type, operation, new KeyValuePair<string, object?>("status", "success"));
        tools.Ended.Add(1, type, operation, new KeyValuePair<string, object?>("outcome", "success"));
        return end;
    }
}
