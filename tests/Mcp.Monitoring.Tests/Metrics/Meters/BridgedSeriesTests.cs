using System.Diagnostics.Metrics;
using Mcp.Monitoring.Tests.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

public sealed class BridgedSeriesTests : IDisposable
{
    private const string Overflow = "{otel_metric_overflow=true}";
    private readonly BridgedPage _page = new(cap: 3);

    public void Dispose() => _page.Dispose();

    [Fact]
    public void Measurements_past_the_cap_are_one_series_and_counted()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        for (int i = 0; i < 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        counter.Add(1, new KeyValuePair<string, object?>("i", 2));

        Assert.Equal(["c_total{i=0} 1", "c_total{i=1} 1", "c_total{i=2} 2", $"c_total{Overflow} 7"], _page.Samples());
        Assert.Equal(7, _page.Limited("c_total"));
    }

    [Fact]
    public void Series_without_tags_has_a_place_of_its_own()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        for (int i = 0; i < 3; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        counter.Add(5);

        Assert.Contains("c_total 5", _page.Samples(), StringComparer.Ordinal);
        Assert.Equal(double.NaN, _page.Limited("c_total"));
    }

    [Fact]
    public void Histogram_past_its_cap_keeps_every_measurement()
    {
        Histogram<int> histogram = _page.Meter.CreateHistogram<int>("h");
        for (int i = 0; i < 10; i++)
        {
            histogram.Record(i, new KeyValuePair<string, object?>("i", i));
        }

        Assert.Contains($"h_count{Overflow} 7", _page.Samples(), StringComparer.Ordinal);
        Assert.Contains($"h_sum{Overflow} 42", _page.Samples(), StringComparer.Ordinal);
    }

    [Fact]
    public void Series_that_an_observable_no_longer_reports_leave_room_for_others()
    {
        int first = 0;
        _page.Meter.CreateObservableGauge("g", () => Enumerable.Range(first, 3).Select(i => new Measurement<int>(i, new KeyValuePair<string, object?>("i", i))));

        for (first = 0; first < 100; first += 3)
        {
            Assert.Equal(Enumerable.Range(first, 3).Select(i => $"g{{i={i}}} {i}").ToArray(), _page.Samples());
        }

        Assert.Equal(double.NaN, _page.Limited("g"));
    }

    [Fact]
    public void Tag_of_that_name_is_the_same_series_as_the_overflow()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        counter.Add(1, new KeyValuePair<string, object?>("otel_metric_overflow", true));
        for (int i = 0; i < 4; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        Assert.Contains($"c_total{Overflow} 3", _page.Samples(), StringComparer.Ordinal);
    }

    [Fact]
    public void More_tags_than_64_are_no_series_of_their_own()
    {
        using var page = new BridgedPage();
        Counter<int> counter = page.Meter.CreateCounter<int>("c");

        counter.Add(1, [.. Enumerable.Range(0, 64).Select(i => new KeyValuePair<string, object?>($"k{i}", i))]);
        counter.Add(2, [.. Enumerable.Range(0, 65).Select(i => new KeyValuePair<string, object?>($"k{i}", i))]);

        Assert.Equal(2, page.Samples().Length);
        Assert.Contains($"c_total{Overflow} 2", page.Samples(), StringComparer.Ordinal);
    }

    [Fact]
    public void Tags_with_the_same_labels_are_one_series()
    {
        using var page = new BridgedPage();
        Counter<int> counter = page.Meter.CreateCounter<int>("c");

        counter.Add(1, new KeyValuePair<string, object?>("a.b", 5));
        counter.Add(1, new KeyValuePair<string, object?>("a_b", "5"));
        counter.Add(1, new("a-b", 5L), new KeyValuePair<string, object?>("empty", null));
        counter.Add(1, new("", ""), new KeyValuePair<string, object?>("a.b", 5));

        Assert.Equal(["c_total{a_b=5} 4"], page.Samples());
    }

    [Fact]
    public void Text_that_differs_only_behind_the_cut_is_one_series()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");
        for (int i = 0; i < 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("k", new string('x', 300) + i));
        }

        Assert.Equal($"c_total{{k={new string('x', 200)}}} 100", Assert.Single(_page.Samples()));
    }

    [Fact]
    public void Half_characters_do_not_make_a_series_twice()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");

        counter.Add(1, new KeyValuePair<string, object?>("k", "a\uD800"));
        counter.Add(1, new KeyValuePair<string, object?>("k", "a\uD801"));

        Assert.Equal(["c_total{k=a\uFFFD} 2"], _page.Samples());
    }

    [Fact]
    public void Tag_that_throws_is_counted_and_not_the_applications_trouble()
    {
        Counter<int> counter = _page.Meter.CreateCounter<int>("c");

        counter.Add(1, new KeyValuePair<string, object?>("k", new Hostile()));
        counter.Add(1);

        Assert.Equal(["c_total 1"], _page.Samples());
        Assert.Equal(1, _page.Errors);
    }

    [Theory]
    [InlineData("le")]
    [InlineData("l.e")]
    public void Histogram_whose_tag_is_le_is_still_one(string tag)
    {
        _page.Meter.CreateHistogram<int>("h").Record(1, new KeyValuePair<string, object?>(tag, "5"));

        Assert.Contains(tag == "le" ? "h_count{exported_le=5} 1" : "h_count{l_e=5} 1", _page.Samples(), StringComparer.Ordinal);
    }

    [Fact]
    public void Histogram_counts_at_or_below_each_bound()
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram(
            "h", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [double.NegativeInfinity, 0.5, 1, double.PositiveInfinity] });
        foreach (double value in (double[])[0.5, 0.6, 1, 1.1, 0])
        {
            histogram.Record(value);
        }

        Assert.Equal(["h_seconds_bucket{le=0.5} 2", "h_seconds_bucket{le=1} 4", "h_seconds_bucket{le=+Inf} 5", "h_seconds_sum 3.2", "h_seconds_count 5"], _page.Samples());
    }

    [Fact]
    public void Histogram_of_many_bounds_counts_like_one_of_few()
    {
        double[] bounds = [.. Enumerable.Range(-1, 1000).Select(i => (double)i)];
        Histogram<double> histogram = _page.Meter.CreateHistogram("h", null, null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
        double[] values = [-2, -1, 0, 0.5, 31, 32, 33, 499.5, 997, 998, 998.5, double.MaxValue, double.MinValue];
        foreach (double value in values)
        {
            histogram.Record(value);
        }

        ParsedSample[] buckets = [.. Assert.Single(_page.Families()).Samples.Where(sample => sample.Label("le") is not null)];
        Assert.Equal(1001, buckets.Length);
        Assert.All(buckets[..^1], bucket => Assert.Equal(values.Count(value => value <= double.Parse(bucket.Label("le")!, System.Globalization.CultureInfo.InvariantCulture)), bucket.Value));
        Assert.Equal(values.Length, buckets[^1].Value);
    }

    private sealed class Hostile
    {
        public override int GetHashCode() => throw new InvalidOperationException("no hash");
    }
}
