using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Sampling;

/// <summary>The samples of a window that ends now, the same for all series: the slot of the first, and how far what was seen is extended. The last is the newest.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SampleRange
{
    private readonly TimeSpan _window;
    private readonly Extrapolation _extrapolation;
    private readonly int _tier;

    private SampleRange(int tier, TimeSpan window, int slot, Extrapolation extrapolation)
    {
        _tier = tier;
        _window = window;
        Slot = slot;
        _extrapolation = extrapolation;
    }

    public int Slot { get; }

    /// <summary>Gets whether there are two samples.</summary>
    public bool IsKnown => _extrapolation.IsKnown;

    public static SampleRange Of(SampleTier samples, int tier, TimeSpan window, TimeSpan now)
    {
        TimeSpan start = now - window;
        int first = samples.CountUpTo(start);
        int count = samples.Count - first;
        if (count == 0)
        {
            return new SampleRange(tier, window, slot: 0, default);
        }

        // A coarse tier ends before the newest sample, which counts all the same.
        bool isNewest = samples.Instant(samples.Count - 1) == now;
        var extrapolation = new Extrapolation(start, samples.Instant(first), now, now, isNewest ? count : count + 1);
        return new SampleRange(tier, window, samples.Slot(first), extrapolation);
    }

    public double Increase(double seen, double first) => _extrapolation.Increase(seen, first);

    public double IncreaseOfAll(ReadOnlySpan<long> last, ReadOnlySpan<uint> first) => _extrapolation.IncreaseOfAll(last, first);

    public void IncreaseOfBuckets(ReadOnlySpan<long> last, ReadOnlySpan<uint> first, Span<double> increases) =>
        _extrapolation.IncreaseOfBuckets(last, first, increases);

    public bool Is(int tier, TimeSpan window) => _tier == tier && _window == window;
}
