using System.Globalization;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>The enum MetricType of metrics.proto.</summary>
internal enum MessageFamilyType
{
    Counter = 0,
    Gauge = 1,
    Summary = 2,
    Untyped = 3,
    Histogram = 4,
}

internal sealed record MessageFamily(string Name, string Help, MessageFamilyType Type, string? Unit, IReadOnlyList<MessageMetric> Metrics)
{
    /// <summary>Gets the samples that Prometheus makes of it.</summary>
    public ParsedFamily Parsed => new(
        Name,
        Type switch { MessageFamilyType.Counter => MetricKind.Counter, MessageFamilyType.Histogram => MetricKind.Histogram, _ => MetricKind.Gauge },
        Help,
        Unit,
        [.. Metrics.SelectMany(Samples)]);

    public MessageHistogram Histogram(params ReadOnlySpan<(string, string)> labels)
    {
        (string, string)[] wanted = labels.ToArray();
        return Assert.Single(Metrics, metric => wanted.All(metric.Labels.Contains)).Histogram!;
    }

    private IEnumerable<ParsedSample> Samples(MessageMetric metric)
    {
        if (metric.Summary is { } summary)
        {
            return
            [
                .. summary.Quantiles.Select(quantile => Sample(Name, [.. metric.Labels, ("quantile", Number(quantile.Rank))], quantile.Value)),
                Sample(Name + "_sum", metric.Labels, summary.Sum),
                Sample(Name + "_count", metric.Labels, summary.Count),
            ];
        }

        return metric.Histogram is not { } histogram
            ? [Sample(Name, metric.Labels, metric.Value, metric.Exemplar)]
            :
            [
                .. histogram.Buckets.Select(bucket => Sample(Name + "_bucket", [.. metric.Labels, ("le", Number(bucket.UpperBound))], bucket.Count, bucket.Exemplar)),
                Sample(Name + "_sum", metric.Labels, histogram.Sum),
                Sample(Name + "_count", metric.Labels, histogram.Count),
            ];
    }

    private static ParsedSample Sample(string name, IReadOnlyList<(string, string)> labels, double value, ParsedExemplar? exemplar = null) =>
        new(name, labels, value.ToString(CultureInfo.InvariantCulture), value, exemplar);

    // As Prometheus writes the label of a bound, and OpenMetrics too.
    private static string Number(double value)
    {
        string text = double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().ContainsAny(".eI") ? text : text + ".0";
    }
}

internal sealed record MessageMetric(IReadOnlyList<(string Name, string Value)> Labels)
{
    public double Value { get; init; }

    public ParsedExemplar? Exemplar { get; init; }

    public MessageHistogram? Histogram { get; init; }

    public MessageSummary? Summary { get; init; }
}

internal sealed record MessageSummary(ulong Count, double Sum, IReadOnlyList<(double Rank, double Value)> Quantiles);

internal sealed record MessageBucket(double UpperBound, ulong Count, ParsedExemplar? Exemplar);

internal sealed record MessageHistogram(ulong Count, double Sum, IReadOnlyList<MessageBucket> Buckets, MessageNative? Native);

/// <param name="Schema">How many times a doubling is halved.</param>
/// <param name="ZeroThreshold">What the zero bucket reaches to.</param>
/// <param name="ZeroCount">What it holds.</param>
/// <param name="Counts">What each bucket that is written holds, by its index.</param>
internal sealed record MessageNative(int Schema, double ZeroThreshold, ulong ZeroCount, IReadOnlyDictionary<int, long> Counts)
{
    public ulong Total => ZeroCount + (ulong)Counts.Values.Sum();

    /// <summary>Gets the upper bound of a bucket.</summary>
    public double UpperBound(int index) => Math.Pow(2, index / Math.Pow(2, Schema));
}
