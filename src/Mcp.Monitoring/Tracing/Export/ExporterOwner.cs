using System.Diagnostics;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Gives an official exporter its provider, whose resource it writes, and ends it; only a processor can. Its spans come from the queue.</summary>
internal sealed class ExporterOwner(BaseExporter<Activity> exporter) : BaseExportProcessor<Activity>(exporter)
{
    public override void OnEnd(Activity data)
    {
    }

    protected override void OnExport(Activity data)
    {
    }
}
