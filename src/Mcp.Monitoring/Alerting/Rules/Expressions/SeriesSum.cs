using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The series of a selector, added up by the labels of the rule.</summary>
/// <param name="selector">Which series.</param>
/// <param name="function">What is read of each.</param>
/// <param name="window">Over which time, where the function has one.</param>
/// <param name="ago">How long before now that time ends.</param>
/// <param name="isHistogram">Whether it is a histogram, whose observations are counted; for PromQL only.</param>
internal sealed class SeriesSum(Selector selector, SeriesFunction function, TimeSpan window = default, TimeSpan ago = default, bool isHistogram = false) : Expression
{
    private readonly SeriesList _series = new(selector);

    public override TimeSpan Lookback => function == SeriesFunction.Last ? default : window;

    public override ValueUnit Unit => function is SeriesFunction.Count or SeriesFunction.Increase ? ValueUnit.Count : ValueUnit.Number;

    public override bool IsIntensity => function is SeriesFunction.Last or SeriesFunction.Rate;

    public override string Metric => selector.Metric;

    protected override object Identity => (selector, function, window, ago, isHistogram);

    public override void Discover(EvaluationContext context) => _series.Discover(context.Series, LabelSets);

    public override string ToPromQL(PromQLFormat format)
    {
        string series = selector.ToPromQL(format, isHistogram ? "_count" : "");
        string offset = ago == default ? "" : $" offset {PromQL.Text(ago)}";
        return format.Sum(function switch
        {
            SeriesFunction.Last => format.Last(series, offset),
            SeriesFunction.Rate => $"rate({series}[{format.Window(window)}]{offset})",
            _ => $"increase({series}[{format.Window(window)}]{offset})",
        });
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        foreach ((SampledSeries series, int index) in _series.Found)
        {
            double value = Of(context.Series, series);
            if (!double.IsNaN(value))
            {
                results[index] = double.IsNaN(results[index]) ? value : results[index] + value;
            }
        }
    }

    private double Of(ISeriesSource source, SampledSeries series) => function switch
    {
        SeriesFunction.Last => ago == default ? source.Last(series) : source.ValueAt(series, ago),
        SeriesFunction.Count => source.Count(series, window, ago),
        SeriesFunction.Increase => source.Increase(series, window),
        _ => source.Increase(series, window) / window.TotalSeconds,
    };
}

/// <summary>What is read of each series before they are added up.</summary>
internal enum SeriesFunction
{
    /// <summary>The newest value.</summary>
    Last,

    /// <summary>How often something happened within the window: a whole number, known from a counter's beginning at 0 on.</summary>
    Count,

    /// <summary>Prometheus' <c>increase</c>, extrapolated.</summary>
    Increase,

    /// <summary>Prometheus' <c>rate</c>, extrapolated.</summary>
    Rate,
}
