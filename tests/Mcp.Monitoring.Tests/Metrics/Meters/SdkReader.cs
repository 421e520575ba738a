using System.Globalization;
using Mcp.Monitoring.Metrics.Meters;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>The SDK of OpenTelemetry on the same meters, read through its in-memory exporter.</summary>
internal sealed class SdkReader : IDisposable
{
    private readonly List<MetricSnapshot> _exported = [];
    private readonly MeterProvider _provider;

    public SdkReader(params string[] meters)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meters)
            .AddInMemoryExporter(_exported)
            .Build();
    }

    /// <summary>Collects and writes every number as the samples that Prometheus would have: <c>name{labels}</c> and its value.</summary>
    public SortedDictionary<string, double> Collect()
    {
        _exported.Clear();
        Assert.True(_provider.ForceFlush());
        var samples = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (MetricSnapshot metric in _exported)
        {
            string name = PrometheusName.Of(metric.Name, metric.Unit, KindOf(metric.MetricType)).Name;
            foreach (MetricPoint point in metric.MetricPoints)
            {
                Add(samples, name, metric.MetricType, point);
            }
        }

        return samples;
    }

    public void Dispose() => _provider.Dispose();

    private static void Add(SortedDictionary<string, double> samples, string name, MetricType type, MetricPoint point)
    {
        var labels = new List<(string Name, string Value)>();
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            labels.Add((tag.Key.Replace('.', '_'), tag.Value is bool flag ? (flag ? "true" : "false") : string.Create(CultureInfo.InvariantCulture, $"{tag.Value}")));
        }

        switch (type)
        {
            case MetricType.Histogram:
                long total = 0;
                foreach (HistogramBucket bucket in point.GetHistogramBuckets())
                {
                    total += bucket.BucketCount;
                    string le = double.IsInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
                    samples.Add(Series(name + "_bucket", [.. labels, ("le", le)]), total);
                }

                samples.Add(Series(name + "_sum", labels), point.GetHistogramSum());
                samples.Add(Series(name + "_count", labels), point.GetHistogramCount());
                break;
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                samples.Add(Series(name, labels), point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                samples.Add(Series(name, labels), point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                samples.Add(Series(name, labels), point.GetGaugeLastValueLong());
                break;
            default:
                samples.Add(Series(name, labels), point.GetGaugeLastValueDouble());
                break;
        }
    }

    public static string Series(string name, IEnumerable<(string Name, string Value)> labels) =>
        $"{name}{{{string.Join(',', labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name}={label.Value}"))}}}";

    private static InstrumentKind KindOf(MetricType type) => type switch
    {
        MetricType.Histogram => InstrumentKind.Histogram,
        MetricType.LongSum or MetricType.DoubleSum => InstrumentKind.Counter,
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => InstrumentKind.UpDownCounter,
        _ => InstrumentKind.Gauge,
    };
}
