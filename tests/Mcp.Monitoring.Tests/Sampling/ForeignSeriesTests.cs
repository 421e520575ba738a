using System.Diagnostics.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Tests.Metrics.Meters;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>Metrics of other meters, which are sampled when a rule asks for them.</summary>
public sealed class ForeignSeriesTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly BridgedPage _page = new();
    private readonly SampleStore _store;
    private TimeSpan _now;

    public ForeignSeriesTests()
    {
        _store = new SampleStore(_page.Host.Page, _page.Host.Services.GetRequiredService<InternalErrors>(), TimeSpan.FromSeconds(5));
    }

    public void Dispose() => _page.Dispose();

    [Fact]
    public void Metric_that_nobody_asked_for_is_not_sampled()
    {
        _page.Meter.CreateCounter<long>("jobs").Add(1);
        _store.Want("others_total");
        Sample();

        Assert.True(_store.Of("jobs_total").IsEmpty);
    }

    [Fact]
    public void Gauge_is_read_and_gone_when_it_is_no_longer_reported()
    {
        int? length = 7;
        _page.Meter.CreateObservableGauge("pool.queue", () => length is { } known ? [new Measurement<int>(known, new KeyValuePair<string, object?>("pool", "a"))] : Array.Empty<Measurement<int>>());
        _store.Want("pool_queue");
        Sample();
        SampledSeries series = Only("pool_queue");
        Assert.Equal("a", series.Label("pool"));
        Assert.Equal(7, _store.Last(series));

        length = null;
        Sample();
        Assert.True(double.IsNaN(_store.Last(series)));

        length = 9;
        Sample();
        Assert.Equal(9, _store.Last(series));
        Assert.Equal(7, _store.ValueAt(series, TimeSpan.FromSeconds(10)));
        Assert.Same(series, Only("pool_queue"));
    }

    [Fact]
    public void Counter_that_begins_anew_has_counted_what_it_had_and_what_it_has()
    {
        long count = 100;
        _page.Meter.CreateObservableCounter("jobs", () => count);
        _store.Want("jobs_total");
        foreach (long next in (long[])[100, 110, 120, 5, 15])
        {
            count = next;
            Sample();
        }

        // Nobody knows what it was before the first sample: 20 of 10 seconds, 5 since the reset, 10 more; extended by half a step.
        Assert.Equal(35 * 22.5 / 20, _store.Increase(Only("jobs_total"), Window), 1e-9);
    }

    [Fact]
    public void Histogram_has_buckets_of_its_own_bounds()
    {
        Histogram<double> histogram = _page.Meter.CreateHistogram("wait", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4] });
        _store.Want("wait");
        histogram.Record(1);
        Sample();
        histogram.Record(1.5);
        histogram.Record(3);
        histogram.Record(9);
        Sample();

        Assert.Equal([1, 2, 4], _store.Bounds("wait"));
        double[] increases = new double[4];
        Assert.True(_store.TryReadBuckets(Only("wait"), Window, increases));
        Assert.Equal(4, _store.Last(Only("wait")));
        Assert.True(increases[1] > 0 && increases[2] > 0 && increases[3] > 0);

        // It was 1 before, so that it cannot have grown by more than that before the first sample.
        Assert.Equal(13.5 + 1, _store.SumIncrease(Only("wait"), Window), 1e-9);
    }

    [Fact]
    public void While_a_scrape_reads_them_they_are_absent_and_nobody_waits_for_long()
    {
        _page.Meter.CreateObservableGauge("pool.queue", () => 7);
        _store.Want("pool_queue");
        Sample();
        using var held = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        var scrape = new Thread(() =>
        {
            lock (_page.Host.Page.Bridge!.Reading)
            {
                held.Release();
                done.Wait();
            }
        });
        scrape.Start();
        held.Wait(TestContext.Current.CancellationToken);

        Sample();
        done.Release();
        scrape.Join();
        Assert.True(double.IsNaN(_store.Last(Only("pool_queue"))));

        Sample();
        Assert.Equal(7, _store.Last(Only("pool_queue")));
    }

    private SampledSeries Only(string metric)
    {
        ReadOnlySpan<SampledSeries> all = _store.Of(metric);
        Assert.Equal(1, all.Length);
        return all[0];
    }

    private void Sample()
    {
        _now += TimeSpan.FromSeconds(5);
        _store.Sample(_now);
    }
}
