using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>Hands metrics of a text to a sampler, series by series.</summary>
internal sealed class FamilySampling
{
    // The series of the pass before and of this one: what is in this one alone was born between the two.
    private HashSet<string> _before = new(StringComparer.Ordinal);
    private HashSet<string> _now = new(StringComparer.Ordinal);
    private bool _hasPassed;

    public void Sample(IEnumerable<ExportedFamily> families, SeriesSampler sampler)
    {
        foreach (ExportedFamily family in families)
        {
            Sample(family, sampler);
        }

        (_before, _now) = (_now, _before);
        _now.Clear();
        _hasPassed = true;
    }

    private void Sample(ExportedFamily family, SeriesSampler sampler)
    {
        if (family.Type == "histogram")
        {
            if (sampler.Wants(family.Name))
            {
                SampleHistograms(family, sampler);
            }

            return;
        }

        // A summary has counters of its own beside its quantiles.
        bool isWanted = sampler.Wants(family.Name) || (family.Type == "summary" && (sampler.Wants(family.Name + "_sum") || sampler.Wants(family.Name + "_count")));
        if (!isWanted)
        {
            return;
        }

        foreach (ExportedSample sample in ExportedSample.Read(family.Samples).Where(sample => sampler.Wants(sample.Name)))
        {
            MetricKind kind = family.Type == "counter" || (family.Type == "summary" && sample.Name != family.Name) ? MetricKind.Counter : MetricKind.Gauge;
            Series series = Series.Of(sample.Labels);
            sampler.Other(sample.Name, kind, series.Names, series.Values, series.Key, sample.Value, IsBorn(sample.Name, series.Key));
        }
    }

    private void SampleHistograms(ExportedFamily family, SeriesSampler sampler)
    {
        foreach (IGrouping<string, ExportedSample> group in ExportedSample.Read(family.Samples).GroupBy(sample => Series.Of(sample.Labels).Key, StringComparer.Ordinal))
        {
            double sum = group.FirstOrDefault(sample => sample.Name.EndsWith("_sum", StringComparison.Ordinal)).Value;
            (double Bound, double Count)[] buckets =
            [
                .. group.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal))
                    .Select(sample => (sample.Bound, sample.Value))
                    .Where(bucket => !double.IsNaN(bucket.Item1))
                    .OrderBy(bucket => bucket.Item1),
            ];
            if (buckets.Length == 0 || !double.IsPositiveInfinity(buckets[^1].Bound))
            {
                continue;
            }

            var counts = new long[buckets.Length];
            double below = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = (long)Math.Max(0, buckets[i].Count - below);
                below = buckets[i].Count;
            }

            Series series = Series.Of(group.First().Labels);
            sampler.Other(
                family.Name, [.. buckets[..^1].Select(bucket => bucket.Bound)], series.Names, series.Values, series.Key, counts, sum, IsBorn(family.Name, series.Key));
        }
    }

    private bool IsBorn(string metric, string key)
    {
        string id = $"{metric}\n{key}";
        _now.Add(id);
        return _hasPassed && !_before.Contains(id);
    }

    private readonly record struct Series(string[] Names, string[] Values, string Key)
    {
        public static Series Of(IReadOnlyList<(string Name, string Value)> labels)
        {
            (string Name, string Value)[] own = [.. labels.Where(label => label.Name != ExportedSample.BoundLabel)];
            string[] names = [.. own.Select(label => label.Name)];
            string[] values = [.. own.Select(label => label.Value)];
            return new Series(names, values, LabelKey.Of(names, values));
        }
    }
}
