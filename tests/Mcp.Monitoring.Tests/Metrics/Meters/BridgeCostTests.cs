using System.Diagnostics.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>What a bridged measurement costs the application, and that none is lost.</summary>
[Collection(nameof(Alone))]
public sealed class BridgeCostTests : IDisposable
{
    private readonly BridgedPage _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public void Measurement_of_a_known_series_allocates_nothing()
    {
        Counter<long> counter = _page.Meter.CreateCounter<long>("c");
        UpDownCounter<int> upDown = _page.Meter.CreateUpDownCounter<int>("u");
        Gauge<double> gauge = _page.Meter.CreateGauge<double>("g");
        Histogram<double> histogram = _page.Meter.CreateHistogram<double>("h");
        object status = 200;
        object yes = true;

        Assert.Equal(0, Allocation.Bytes(() =>
        {
            counter.Add(1);
            upDown.Add(-1, new KeyValuePair<string, object?>("method", "GET"));
            gauge.Record(1.5, new("method", "GET"), new KeyValuePair<string, object?>("status", status));
            histogram.Record(0.25, new("method", "GET"), new("status", status), new KeyValuePair<string, object?>("yes", yes));
            histogram.Record(0.25, new("yes", yes), new("method", "GET"), new KeyValuePair<string, object?>("status", status));
        }));
        Assert.Equal(2 * 2 * Allocation.Rounds, Assert.Single(_page.Families(), family => family.Name == "h").Samples.Single(sample => sample.Name == "h_count").Value);
    }

    [Fact]
    public void Measurement_past_the_cap_allocates_nothing()
    {
        using var page = new BridgedPage(cap: 1);
        Counter<long> counter = page.Meter.CreateCounter<long>("c");
        object[] numbers = [.. Enumerable.Range(0, 10).Select(i => (object)i)];

        Assert.Equal(0, Allocation.Bytes(() =>
        {
            foreach (object number in numbers)
            {
                counter.Add(1, new KeyValuePair<string, object?>("i", number));
            }
        }));
        Assert.Equal(2 * 9 * Allocation.Rounds, page.Limited("c_total"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Scrape_of_known_series_allocates_nothing(int format)
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram<double>("h", "s");
        Counter<double> counter = _page.Meter.CreateCounter<double>("c");
        _page.Meter.CreateObservableGauge("g", () => 1);
        for (int i = 0; i < 500; i++)
        {
            histogram.Record(i, new KeyValuePair<string, object?>("i", i));
            counter.Add(i / 3.0, new KeyValuePair<string, object?>("i", i));
        }

        ExpositionWriter writer = _page.Host.Registry.CreateWriter();
        for (int i = 0; i < 3; i++)
        {
            _page.Host.Page.Write(writer, (ExpositionFormat)format);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        _page.Host.Page.Write(writer, (ExpositionFormat)format);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(writer.Written.Length > 100_000);
    }

    [Theory]
    [InlineData(2, 100_000)]
    [InlineData(16, 10_000)]
    public void Threads_that_measure_at_once_lose_nothing(int threads, int each)
    {
        Counter<long> counter = _page.Meter.CreateCounter<long>("c");
        Counter<double> real = _page.Meter.CreateCounter<double>("r");
        Histogram<double> histogram = _page.Meter.CreateHistogram<double>("h");
        UpDownCounter<int> upDown = _page.Meter.CreateUpDownCounter<int>("u");

        Crowd.Run(threads, thread =>
        {
            for (int i = 0; i < each; i++)
            {
                var tag = new KeyValuePair<string, object?>("i", i % 8);
                counter.Add(1, tag);
                real.Add(0.5, tag);
                histogram.Record(i % 3, tag, new KeyValuePair<string, object?>("odd", i % 2 == 1));
                upDown.Add(thread % 2 == 0 ? 1 : -1, tag);
            }
        });

        double all = (double)threads * each;
        Assert.Equal(all, Sum("c_total"));
        Assert.Equal(all / 2, Sum("r_total"));
        Assert.Equal(all, Sum("h_count"));
        Assert.Equal(threads * (double)Enumerable.Range(0, each).Sum(i => i % 3), Sum("h_sum"));
        Assert.Equal(0, Sum("u"));
        Assert.Equal(8, _page.Samples().Count(sample => sample.StartsWith("c_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Threads_that_bring_new_series_at_once_keep_the_cap_and_lose_nothing()
    {
        using var page = new BridgedPage(cap: 20);
        Counter<long> counter = page.Meter.CreateCounter<long>("c");

        Crowd.Run(16, thread =>
        {
            for (int i = 0; i < 200; i++)
            {
                counter.Add(1, new("thread", thread % 4), new KeyValuePair<string, object?>("i", i));
            }
        });

        Assert.Equal(21, page.Samples().Length);
        Assert.Equal(16 * 200, page.Families().SelectMany(family => family.Samples).Sum(sample => sample.Value));
    }

    private double Sum(string name) => _page.Families().SelectMany(family => family.Samples).Where(sample => sample.Name == name).Sum(sample => sample.Value);
}
