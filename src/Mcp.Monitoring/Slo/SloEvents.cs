using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Slo;

/// <summary>How many events there were, and how many of them were good.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SloEvents(long Good, long Total)
{
    public long Bad => Total - Good;

    public static SloEvents operator +(SloEvents one, SloEvents other) => new(one.Good + other.Good, one.Total + other.Total);
}
