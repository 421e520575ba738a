namespace Mcp.Monitoring.Tests;

/// <summary>The tests of this project that run one after the other, with none beside them: a collection belongs to its assembly.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class SlowAlone;
