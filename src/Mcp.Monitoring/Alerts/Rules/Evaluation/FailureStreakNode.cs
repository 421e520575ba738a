using Mcp.Monitoring.Alerts.Rules.Expressions;
using Mcp.Monitoring.TimeSeries;

namespace Mcp.Monitoring.Alerts.Rules.Evaluation;

/// <inheritdoc cref="FailureStreak"/>
internal sealed class FailureStreakNode(FailureStreak streak, Frame frame) : Node(frame)
{
    private static readonly List<SampledSeries> None = [];

    private readonly SeriesList _failures = new(streak.Failures, frame);
    private readonly SeriesList _successes = new(streak.Successes, frame);
    private readonly List<List<SampledSeries>> _failuresBy = [];
    private readonly List<List<SampledSeries>> _successesBy = [];

    public override string Metric => streak.Failures.Metric;

    public override void Discover(EvaluationContext context)
    {
        Discover(context.Series, _failures, _failuresBy);
        Discover(context.Series, _successes, _successesBy);
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        for (int i = 0; i < Math.Max(_failuresBy.Count, _successesBy.Count); i++)
        {
            results[i] = Of(context.Series, At(_failuresBy, i), At(_successesBy, i));
        }
    }

    private static List<SampledSeries> At(List<List<SampledSeries>> by, int index) => index < by.Count ? by[index] : None;

    private double Of(ISeriesSource source, List<SampledSeries> failures, List<SampledSeries> successes)
    {
        double failed = Between(source, failures, streak.Window);
        bool hasSucceeded = Between(source, successes, streak.Window) > 0;
        if (failed < streak.Needed)
        {
            return hasSucceeded ? 0 : double.NaN;
        }

        return hasSucceeded ? Between(source, failures, SinceLast(source, successes)) : failed;
    }

    // Apart, so that only those who need it pay for the delegate.
    private TimeSpan SinceLast(ISeriesSource source, List<SampledSeries> successes) =>
        LastChange.Ago(window => Between(source, successes, window), streak.Window);

    private static double Between(ISeriesSource source, List<SampledSeries> all, TimeSpan window)
    {
        double sum = 0;
        foreach (SampledSeries series in all)
        {
            double count = window == default ? 0 : source.Count(series, window);
            sum += double.IsNaN(count) ? 0 : count;
        }

        return sum;
    }

    private static void Discover(ISeriesSource source, SeriesList list, List<List<SampledSeries>> by)
    {
        int known = list.Found.Count;
        list.Discover(source);
        for (int i = known; i < list.Found.Count; i++)
        {
            (SampledSeries series, int index) = list.Found[i];
            while (by.Count <= index)
            {
                by.Add([]);
            }

            by[index].Add(series);
        }
    }
}
