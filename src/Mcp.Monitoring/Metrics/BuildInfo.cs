namespace Mcp.Monitoring.Metrics;

/// <summary>What runs here, as far as the host decides it.</summary>
internal sealed record BuildInfo(string Service, string Environment);
