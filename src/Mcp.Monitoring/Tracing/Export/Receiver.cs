using System.Diagnostics;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>One place that spans go to.</summary>
/// <param name="Name">What it is and where, for the log.</param>
/// <param name="Exporter">The official one, which writes a batch.</param>
/// <param name="Delivery">Sends it, and knows what became of it.</param>
internal sealed record Receiver(string Name, BaseExporter<Activity> Exporter, PatientHandler Delivery)
{
    /// <summary>Gets whether an exception has to be in the tags as well, since somebody reads of events the names alone.</summary>
    public bool ReadsTagsOnly { get; init; }
}
