namespace Mcp.Monitoring.Tests;

/// <summary>The tests that start hosts of which one becomes that of the static <see cref="McpMonitor"/>: with none beside them.</summary>
[CollectionDefinition(nameof(StaticMonitor), DisableParallelization = true)]
public sealed class StaticMonitor;
