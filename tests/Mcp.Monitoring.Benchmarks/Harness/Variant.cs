using System.Diagnostics;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>One row of a comparison: warms up, finds its batch size and measures batches.</summary>
internal abstract class Variant(string name, IReadOnlyList<Limit> limits)
{
    private const double BatchNanoseconds = 4_000_000;
    private const int Tries = 25;

    private int _count = 1;

    public string Name { get; } = name;

    public IReadOnlyList<Limit> Limits { get; } = limits;

    /// <summary>Batches thrown away because something else had the CPU.</summary>
    public int Disturbed { get; private set; }

    /// <summary>Runs about 5 ms of small batches, often enough in all to reach tier 1, and brings the batch size nearer to its goal.</summary>
    public void WarmUp(int? fixedCount)
    {
        var end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 200);
        do
        {
            var sample = Batch(_count);
            if (fixedCount is null && sample.IsUsable)
            {
                // Twice at most: the first calls are compiled while they run and say nothing about the rest.
                _count = (int)Math.Clamp(BatchNanoseconds / sample.Nanoseconds, 1, Math.Max(2, _count * 2.0));
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        _count = fixedCount ?? _count;
    }

    public Sample Measure(Action? beforeBatch)
    {
        for (var i = 0; i < Tries; i++)
        {
            beforeBatch?.Invoke();
            var sample = Batch(_count);
            if (sample.IsUsable)
            {
                return sample;
            }

            Disturbed++;
        }

        return Sample.None;
    }

    /// <returns>The cost, or <see cref="Sample.None"/> if the batch was disturbed.</returns>
    protected abstract Sample Batch(int count);
}
