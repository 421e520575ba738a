namespace Mcp.Monitoring.IntegrationTests.Demo;

/// <summary>Tests that measure how long something takes: they run after the others, one by one.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
