using System.Diagnostics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tracing.Spans;

/// <summary>
/// The span that the MCP SDK makes of a request where the host listens to it. Its own tags are appended when it ends, so it gets only such as it does not know.
/// </summary>
internal static class SdkSpan
{
    public static bool Is(Activity span) => span.Source.Name == SpanSources.Sdk;

    public static void Describe(Activity? span, OperationRecord record)
    {
        if (record.IsRoot && span is { IsAllDataRequested: true, IsStopped: false } && Is(span))
        {
            SpanDescription.WriteOwn(span, record);
        }
    }
}
