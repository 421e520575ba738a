using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>How the buckets of histograms rose, added up by the labels of the rule; its values are the numbers of observations, absent without any series.</summary>
internal sealed class HistogramIncrease(Selector selector, TimeSpan window) : Expression
{
    private readonly SeriesList _series = new(selector);
    private double[] _sums = [];
    private double[] _one = [];

    public override TimeSpan Lookback => window;

    public override string Metric => selector.Metric;

    /// <summary>Gets the bounds of the buckets, without the infinite one.</summary>
    public IReadOnlyList<double> Bounds { get; private set; } = [];

    protected override object Identity => (selector, window);

    /// <summary>Gets how the buckets of a label set rose, once it was evaluated.</summary>
    public ReadOnlySpan<double> Buckets(int index) => _sums.AsSpan(index * _one.Length, _one.Length);

    public override void Discover(EvaluationContext context)
    {
        _series.Discover(context.Series, LabelSets);
        if (_one.Length == 0 && _series.Found.Count > 0)
        {
            Bounds = context.Series.Bounds(selector.Metric);
            _one = new double[Bounds.Count + 1];
        }
    }

    public override string ToPromQL(PromQLFormat format) => PromQL.Aggregate("sum", [.. format.By, "le"], Rate(format, "_bucket"));

    /// <summary>Writes the share of the observations up to an edge.</summary>
    public string FractionToPromQL(PromQLFormat format, double edge)
    {
        string within = $"rate({selector.UpTo(edge).ToPromQL(format, "_bucket")}[{format.Window(window)}])";
        return $"({format.Sum(within)} / {format.Sum(Rate(format, "_count"))})";
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        int length = _one.Length;
        if (_sums.Length < results.Length * length)
        {
            _sums = new double[results.Length * length * 3 / 2];
        }

        Array.Clear(_sums);
        foreach ((SampledSeries series, int index) in _series.Found)
        {
            if (context.Series.TryReadBuckets(series, window, _one))
            {
                Add(_sums.AsSpan(index * length, length), ref results[index]);
            }
        }
    }

    private void Add(Span<double> sums, ref double observations)
    {
        double total = double.IsNaN(observations) ? 0 : observations;
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += _one[i];
            total += _one[i];
        }

        observations = total;
    }

    private string Rate(PromQLFormat format, string part) => $"rate({selector.ToPromQL(format, part)}[{format.Window(window)}])";
}
