using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Reads the lines of charts from the samples. Engine's thread.</summary>
internal sealed class ChartNumbers(SeriesReader series, DateTimeOffset now)
{
    private const double Quantile = 0.95;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), QuarterHour = TimeSpan.FromMinutes(15);

    /// <summary>Reads all: the last hour by minutes and the last day by quarters of an hour.</summary>
    public ChartsView Read() => new(
        Of(Minute, 60, static _ => true, hasLines: true) with { P95 = P95(static _ => true) },
        Of(QuarterHour, 96, static _ => true, hasLines: true));

    /// <summary>Reads the last hour of one operation.</summary>
    public ChartView Read(string type, string name)
    {
        bool IsIt(SampledSeries known) => known.Label("operation_type") == type && known.Label("operation") == name;
        return Of(Minute, 60, IsIt, hasLines: false, areAllRoots: false) with { P95 = P95(IsIt, areAllRoots: false) };
    }

    private ChartView Of(TimeSpan step, int steps, Func<SampledSeries, bool> isWanted, bool hasLines, bool areAllRoots = true)
    {
        int known = Math.Min(steps, (int)Math.Ceiling(series.Covered(step * steps) / step.TotalSeconds));
        var outcomes = OperationLabels.Outcomes.ToDictionary(outcome => outcome.Label(), _ => new double?[steps], StringComparer.Ordinal);
        foreach (double?[] line in outcomes.Values)
        {
            line.AsSpan(steps - known).Fill(0);
        }

        var lines = new Dictionary<string, OperationLine>(StringComparer.Ordinal);
        foreach (SampledSeries counter in series.Of(MetricNames.Operations.Name))
        {
            if ((areAllRoots && !Root.Is(counter.Label("operation_type"))) || !isWanted(counter) || series.Count(counter, step * steps) == 0)
            {
                continue;
            }

            string outcome = counter.Label("outcome");
            double?[] counts = Counts(counter, step, steps, known);
            Add(outcomes[outcome], counts);
            if (hasLines && outcome != OperationOutcome.InputRequired.Label())
            {
                string key = $"{counter.Label("operation_type")}/{counter.Label("operation")}";
                if (!lines.TryGetValue(key, out OperationLine? line))
                {
                    lines.Add(key, line = new OperationLine(Empty(steps, known), Empty(steps, known)));
                }

                Add((double?[])line.Calls, counts);
                if (outcome == OperationOutcome.ServerError.Label())
                {
                    Add((double?[])line.Failed, counts);
                }
            }
        }

        return new ChartView
        {
            End = now,
            Step = (int)step.TotalSeconds,
            Outcomes = outcomes.ToDictionary(line => line.Key, IReadOnlyList<double?> (line) => line.Value, StringComparer.Ordinal),
            Operations = lines,
        };
    }

    private double?[] Counts(SampledSeries counter, TimeSpan step, int steps, int known)
    {
        var counts = new double?[steps];
        for (int i = steps - known; i < steps; i++)
        {
            counts[i] = series.Between(counter, step * (steps - i), step * (steps - i - 1));
        }

        return counts;
    }

    // Buckets are read from now back: those of a step are what a longer window has more than a shorter one.
    private double?[] P95(Func<SampledSeries, bool> isWanted, bool areAllRoots = true)
    {
        IReadOnlyList<double> bounds = series.Bounds(MetricNames.OperationDuration.Name);
        double[] before = new double[bounds.Count + 1];
        var quantiles = new double?[60];
        for (int i = 1; i <= quantiles.Length; i++)
        {
            double[] sums = new double[bounds.Count + 1];
            bool isRead = false;
            foreach (SampledSeries known in series.Of(MetricNames.OperationDuration.Name))
            {
                if (known.Label("status") == "success" && (!areAllRoots || Root.Is(known.Label("operation_type"))) && isWanted(known))
                {
                    isRead |= series.AddBuckets(known, Minute * i, sums);
                }
            }

            if (!isRead)
            {
                break;
            }

            double[] step = [.. sums.Zip(before, static (all, later) => Math.Max(0, all - later))];
            quantiles[^i] = step.Sum() >= 0.5 && BucketQuantile.Of(Quantile, bounds, step) is var seconds && double.IsFinite(seconds) ? seconds : null;
            before = sums;
        }

        return quantiles;
    }

    private static double?[] Empty(int steps, int known)
    {
        var line = new double?[steps];
        line.AsSpan(steps - known).Fill(0);
        return line;
    }

    private static void Add(double?[] sums, double?[] counts)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += counts[i];
        }
    }
}
