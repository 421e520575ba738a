using System.Diagnostics;
using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Primitives;

/// <summary>The floor of whatever measures its own duration.</summary>
internal readonly struct TwoTimestamps : IOp
{
    public long Run() => Stopwatch.GetTimestamp() ^ Stopwatch.GetTimestamp();
}
