namespace Mcp.Monitoring.Sampling;

/// <summary>Where the samples of all series are: three tiers, and a bank for each kind of cell.</summary>
internal sealed class SampleBanks
{
    public const int Fine = 0;
    public const int Middle = 1;
    public const int Coarse = 2;

    private static readonly TimeSpan FineSpan = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MiddleSpan = TimeSpan.FromHours(1);

    // An hour more than a day, so that this hour of yesterday is there.
    private static readonly TimeSpan CoarseSpan = TimeSpan.FromHours(25);

    private readonly TimeSpan _early;

    public SampleBanks(TimeSpan sampleInterval)
    {
        _early = sampleInterval / 2;
        Tiers =
        [
            new SampleTier(sampleInterval, FineSpan),
            new SampleTier(Longer(sampleInterval, TimeSpan.FromMinutes(1)), MiddleSpan),
            new SampleTier(TimeSpan.FromMinutes(5), CoarseSpan),
        ];
        Counters = new CountBank(Tiers);
        Buckets = new CountBank(Tiers[Fine], Tiers[Middle], null);
        Totals = new CountBank(null, null, Tiers[Coarse]);
        Sums = new ValueBank<long>(0, Tiers[Fine], Tiers[Middle], null);
        Numbers = new ValueBank<double>(double.NaN, Tiers[Fine], Tiers[Middle], null);
    }

    public SampleTier[] Tiers { get; }

    /// <summary>Gets the cells of our own counters.</summary>
    public CountBank Counters { get; }

    /// <summary>Gets the cells of the buckets of histograms.</summary>
    public CountBank Buckets { get; }

    /// <summary>Gets the cells of the numbers of observations of histograms, which outlast the buckets.</summary>
    public CountBank Totals { get; }

    /// <summary>Gets the cells of the sums of our own histograms, in ticks.</summary>
    public ValueBank<long> Sums { get; }

    /// <summary>Gets the cells of gauges, and of the counters and sums of others; NaN is absent.</summary>
    public ValueBank<double> Numbers { get; }

    /// <summary>Keeps the newest values in each tier that is due.</summary>
    public void Keep(TimeSpan now)
    {
        for (int i = 0; i < Tiers.Length; i++)
        {
            // Every sample is one of the finest tier, however soon it comes.
            if (i == Fine || Tiers[i].IsDue(now, _early))
            {
                int slot = Tiers[i].Add(now);
                Counters.Keep(i, slot);
                Buckets.Keep(i, slot);
                Totals.Keep(i, slot);
                Sums.Keep(i, slot);
                Numbers.Keep(i, slot);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
