using System.Globalization;
using Mcp.Monitoring.Benchmarks.Harness;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Benchmarks.Sampling;

/// <summary>What an evaluation of many histograms costs, from the samples of five minutes.</summary>
internal sealed class SeriesQuestion : Question
{
    private const double MostMicroseconds = 100;
    private const double MostMebibytes = 4.5;

    public override string Name => "series";

    public override string Text => "What do rate and p95 of 1,000 histograms of 16 buckets cost?";

    public override void Ask(BenchmarkRun run)
    {
        SampledHistograms evaluated = new();
        SampledHistograms sampled = new();
        const long Minutes = SampledHistograms.Count * 61L * ((16 * sizeof(uint)) + sizeof(long));
        const long Day = SampledHistograms.Count * 301L * sizeof(uint);
        var mebibytes = (evaluated.Bytes - Minutes - Day) / (double)(1 << 20);
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"five minutes take {mebibytes:0.00} MiB (<= {MostMebibytes}), with the minutes of an hour and the totals of a day {evaluated.Bytes / (double)(1 << 20):0.00} MiB");
        run.Measure(new Comparison(title, rounds: 100)
            .Add("100 us", new Spin(MostMicroseconds))
            .Add("rate and p95 of all", new EvaluationOp(evaluated.Store), Limit.Ratio(1.0), Limit.Bytes(0))
            .Add("one sample of all", new SampleOp(sampled.Store), Limit.Bytes(0)));
    }

    private readonly struct EvaluationOp(SampleStore store) : IOp
    {
        private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

        public long Run()
        {
            double sum = 0;
            IReadOnlyList<double> bounds = store.Bounds(SampledHistograms.Metric);
            Span<double> increases = stackalloc double[bounds.Count + 1];
            foreach (SampledSeries series in store.Of(SampledHistograms.Metric))
            {
                sum += store.Increase(series, Window) / Window.TotalSeconds;
                if (store.TryReadBuckets(series, Window, increases))
                {
                    sum += BucketQuantile.Of(0.95, bounds, increases);
                }
            }

            return (long)sum;
        }
    }

    private readonly struct SampleOp(SampleStore store) : IOp
    {
        public long Run()
        {
            store.Sample(store.Now + TimeSpan.FromSeconds(5));
            return store.Now.Ticks;
        }
    }
}
