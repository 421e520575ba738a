using System.Runtime.InteropServices;

namespace Mcp.Monitoring;

/// <summary>What a cache counts itself.</summary>
/// <param name="Hits">Look-ups that found something, since the start.</param>
/// <param name="Misses">Look-ups that did not, since the start.</param>
/// <param name="Entries">How many entries it has; <see langword="null"/> if it does not know.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct McpCacheStatistics(long Hits, long Misses, long? Entries = null);
