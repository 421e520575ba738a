namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>The exemplar of a sample: <c># {trace_id="…"} 0.3 1700000000.123</c>.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">What was measured.</param>
/// <param name="UnixSeconds">When, or <see langword="null"/> if it does not say.</param>
internal sealed record ExportedExemplar(IReadOnlyList<(string Name, string Value)> Labels, double Value, double? UnixSeconds);
