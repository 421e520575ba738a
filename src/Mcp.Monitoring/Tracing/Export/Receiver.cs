using System.Diagnostics;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>One place that spans go to.</summary>
/// <param name="Name">What it is and where, for the log.</param>
/// <param name="Exporter">Writes and sends a batch.</param>
/// <param name="Answers">Knows what came back.</param>
internal sealed record Receiver(string Name, BaseExporter<Activity> Exporter, AnswerReader Answers);
