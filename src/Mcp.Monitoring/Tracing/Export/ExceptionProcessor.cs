using System.Diagnostics;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Writes the exception of a span that failed while the span ends, for the exporters of the host, which have no step of ours before them.</summary>
internal sealed class ExceptionProcessor(bool hasReaderOfTags) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
        {
            ExceptionEvent.Write(data, hasReaderOfTags);
        }
    }
}
