using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>The increases of the buckets of histograms, added up by the labels of a rule; the values are the numbers of observations.</summary>
internal sealed class BucketsNode(Selector selector, TimeSpan window, LabelSetIndex labelSets) : Node(labelSets)
{
    private readonly SeriesList _series = new(selector, labelSets);
    private double[] _sums = [];
    private double[] _one = [];

    public override string Metric => selector.Metric;

    /// <summary>Gets the bounds of the buckets, without the infinite one.</summary>
    public IReadOnlyList<double> Bounds { get; private set; } = [];

    /// <summary>Gets the increases of the buckets of a combination, once the node was read.</summary>
    public ReadOnlySpan<double> Of(int index) => _sums.AsSpan(index * _one.Length, _one.Length);

    public override void Discover(EvaluationContext context)
    {
        _series.Discover(context.Series);
        if (_one.Length == 0 && _series.Found.Count > 0)
        {
            Bounds = context.Series.Bounds(selector.Metric);
            _one = new double[Bounds.Count + 1];
        }
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
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
}
