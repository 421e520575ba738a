using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics;

/// <summary>One real request behind a number (OpenMetrics 1.0, "Exemplars").</summary>
internal sealed record Exemplar(string? TraceId, string? CorrelationId, long Ticks, double UnixSeconds)
{
    public const string TraceIdLabel = "trace_id", CorrelationIdLabel = "correlation_id";

    // An exemplar's label names and values hold 128 characters in all; trace_id with its value takes 40, correlation_id 14.
    private const int LongestCorrelationId = 74;

    public static Exemplar? From(OperationContext context, long ticks, double unixSeconds)
    {
        string id = context.CorrelationId;
        return id.Length > LongestCorrelationId && context.TraceId is null
            ? null
            : new Exemplar(context.TraceId, id.Length > LongestCorrelationId ? null : id, ticks, unixSeconds);
    }
}
