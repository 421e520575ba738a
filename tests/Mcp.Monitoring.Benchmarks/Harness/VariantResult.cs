namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>The samples of one variant, one per round.</summary>
internal sealed class VariantResult(Variant variant, Sample[] samples)
{
    public Variant Variant { get; } = variant;

    public Interval Nanoseconds { get; } = Interval.Of(samples.Select(s => s.Nanoseconds));

    public double Bytes { get; } = Interval.Of(samples.Select(s => s.Bytes)).Median;

    public int UsableRounds => samples.Count(s => s.IsUsable);

    /// <summary>The median of the ratios of the rounds, not the ratio of the medians: what slows a whole round cancels out.</summary>
    public Interval RatioTo(VariantResult other) => Interval.Of(samples.Zip(other.Samples, (own, theirs) => own.Nanoseconds / theirs.Nanoseconds));

    /// <summary>The same for what both cost above a third.</summary>
    public Interval RatioAbove(VariantResult floor, VariantResult other) => Interval.Of(Samples
        .Zip(other.Samples, floor.Samples)
        .Select(round => (round.First.Nanoseconds - round.Third.Nanoseconds) / (round.Second.Nanoseconds - round.Third.Nanoseconds)));

    /// <summary>How many nanoseconds it costs more than the other.</summary>
    public Interval Minus(VariantResult other) => Interval.Of(samples.Zip(other.Samples, (own, theirs) => own.Nanoseconds - theirs.Nanoseconds));

    private Sample[] Samples => samples;
}
