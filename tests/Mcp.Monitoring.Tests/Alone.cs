namespace Mcp.Monitoring.Tests;

/// <summary>Tests that no other may run beside: listeners to spans are the process's, and whoever measures bytes wants none.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
