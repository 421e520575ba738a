namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>Variants measured in turn, in random order inside each round, and divided by the baseline of the same round.</summary>
/// <remarks>The baseline is the first variant added. Unless <see cref="Control"/> is called, the baseline's op runs a second time as the A/A control.</remarks>
internal sealed class Comparison(string title, int rounds = 80)
{
    /// <summary>Below this a 95 % interval of the median does not exist.</summary>
    public const int FewestRounds = 8;

    private const int WarmUpPasses = 100;
    private readonly List<Variant> _variants = [];
    private Func<Variant>? _control;

    public string Title { get; } = title;

    public int Rounds { get; } = rounds;

    /// <summary>Called before every batch and not measured, to empty caches for instance.</summary>
    public Action? BeforeBatch { get; init; }

    /// <summary>Operations in a batch; <see langword="null"/> takes as many as fill about 4 ms.</summary>
    public int? OpsPerBatch { get; init; }

    /// <summary>Adds an op that runs on one thread.</summary>
    public Comparison Add<TOp>(string name, TOp op, params Limit[] limits)
        where TOp : struct, IOp => Add(limits => new SyncVariant<TOp>(name, op, limits), limits);

    /// <summary>Adds an op that runs on two threads at once; both parts may share what they work on.</summary>
    public Comparison AddTwoThreads<TOp>(string name, TOp first, TOp second, params Limit[] limits)
        where TOp : struct, IOp => Add(limits => new TwoThreadVariant<TOp>(name, first, second, limits), limits);

    /// <summary>Adds an op that runs on the thread pool.</summary>
    public Comparison AddAsync<TOp>(string name, TOp op, params Limit[] limits)
        where TOp : struct, IAsyncOp => Add(limits => new AsyncVariant<TOp>(name, op, limits), limits);

    /// <summary>Adds an op that waits for other threads of this process.</summary>
    public Comparison AddRoundTrip<TOp>(string name, TOp op, params Limit[] limits)
        where TOp : struct, IOp => Add(limits => new RoundTripVariant<TOp>(name, op, limits), limits);

    /// <summary>Makes the last variant added the control: it must be a second instance of the baseline.</summary>
    public Comparison Control()
    {
        var control = _variants[^1];
        _variants.Remove(control);
        _control = () => control;
        return this;
    }

    public ComparisonResult Measure(int rounds)
    {
        Variant[] all = [_variants[0], _control!(), .. _variants.Skip(1)];
        for (var pass = 0; pass < WarmUpPasses; pass++)
        {
            foreach (var variant in all)
            {
                variant.WarmUp(OpsPerBatch);
            }
        }

        var samples = all.Select(_ => new Sample[rounds]).ToArray();
        var order = Enumerable.Range(0, all.Length).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            Random.Shared.Shuffle(order);
            foreach (var i in order)
            {
                samples[i][round] = all[i].Measure(BeforeBatch);
            }
        }

        return new ComparisonResult(Title, [.. all.Zip(samples, (variant, s) => new VariantResult(variant, s))]);
    }

    private Comparison Add(Func<IReadOnlyList<Limit>, Variant> create, Limit[] limits)
    {
        if (_variants.Count == 0)
        {
            _control = () => create([]);
        }

        _variants.Add(create(limits));
        return this;
    }
}
