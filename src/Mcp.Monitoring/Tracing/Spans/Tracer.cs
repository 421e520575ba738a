using System.Diagnostics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>The spans that the host's own code asks for.</summary>
internal sealed class Tracer(SpanSource spans) : IMcpTracer
{
    public McpSpan StartSpan(string name, ActivityKind kind = ActivityKind.Internal)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return spans.IsListenedTo ? new McpSpan(spans.Start(name, SpanSource.Function, kind)) : default;
    }
}
