using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>What one batch cost, per operation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sample(double Nanoseconds, double Bytes)
{
    /// <summary>A batch that was disturbed too often.</summary>
    public static Sample None { get; } = new(double.NaN, double.NaN);

    public bool IsUsable => !double.IsNaN(Nanoseconds);
}
