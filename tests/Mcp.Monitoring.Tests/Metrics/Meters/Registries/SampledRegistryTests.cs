using Mcp.Monitoring.Metrics.Meters.Registries;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;

namespace Mcp.Monitoring.Tests.Metrics.Meters.Registries;

/// <summary>Metrics of prometheus-net, which are sampled when a rule names them.</summary>
public sealed class SampledRegistryTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly MetricFactory _factory;
    private readonly TestHost _host;
    private readonly SampleStore _store;
    private TimeSpan _now;

    public SampledRegistryTests()
    {
        _factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        _host = new TestHost(options => options.Prometheus.Registries = [_registry]);
        _host.Services.GetRequiredService<HostRegistries>().Start();
        _store = new SampleStore(_host.Page, _host.Services.GetRequiredService<InternalErrors>(), TimeSpan.FromSeconds(5));
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Nothing_is_collected_while_no_rule_asks()
    {
        int collected = 0;
        _registry.AddBeforeCollectCallback(() => collected++);

        Sample(times: 3);

        Assert.Equal(0, collected);
    }

    [Fact]
    public void Gauge_is_read_with_its_labels()
    {
        Gauge gauge = _factory.CreateGauge("queue_length", "Waiting.", "queue", "kind");
        gauge.WithLabels("in,\"\\\n}", "x=\"y\"").Set(-1.5e-3);
        _store.Want("queue_length");
        Sample();

        SampledSeries series = Only("queue_length");
        Assert.Equal(-1.5e-3, _store.Last(series));
        Assert.Equal("in,\"\\\n}", series.Label("queue"));
        Assert.Equal("x=\"y\"", series.Label("kind"));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(0)]
    public void Gauge_may_be_anything(double value)
    {
        _factory.CreateGauge("anything", "Anything.").Set(value);
        _store.Want("anything");
        Sample();

        Assert.Equal(value, _store.Last(Only("anything")));
    }

    [Fact]
    public void First_event_that_was_seen_to_come_counts()
    {
        Counter counter = _factory.CreateCounter("orders_total", "Orders.", "shop");
        counter.WithLabels("a").Inc(100);
        _store.Want("orders_total");
        Sample(times: 3);

        counter.WithLabels("b").Inc(2);
        Sample(times: 2);

        Assert.Equal(2, _store.Increase(Find("orders_total", "b"), Window), 1e-9);
        Assert.Equal(0, _store.Increase(Find("orders_total", "a"), Window), 1e-9);
    }

    [Fact]
    public void Histogram_has_its_buckets()
    {
        Histogram histogram = _factory.CreateHistogram("wait_seconds", "Time.", new HistogramConfiguration { Buckets = [1, 2, 4], LabelNames = ["shop"] });
        _store.Want("wait_seconds");
        histogram.WithLabels("a").Observe(1);
        histogram.WithLabels("b").Observe(1);
        Sample();
        histogram.WithLabels("a").Observe(1.5);
        histogram.WithLabels("a").Observe(9);
        Sample();

        Assert.Equal([1, 2, 4], _store.Bounds("wait_seconds"));
        double[] increases = new double[4];
        Assert.True(_store.TryReadBuckets(Find("wait_seconds", "a"), Window, increases));
        Assert.Equal([false, true, false, true], increases.Select(increase => increase > 0));
        Assert.Equal(3, _store.Last(Find("wait_seconds", "a")));
    }

    [Fact]
    public void Summary_has_its_sum_and_count()
    {
        Summary summary = _factory.CreateSummary("size_bytes", "Size.", new SummaryConfiguration { Objectives = [new(0.5, 0.05)] });
        summary.Observe(10);
        _store.Want("size_bytes_sum");
        _store.Want("size_bytes_count");
        Sample();
        summary.Observe(20);
        Sample();

        Assert.Equal(30, _store.Last(Only("size_bytes_sum")));
        Assert.Equal(2, _store.Last(Only("size_bytes_count")));
    }

    [Fact]
    public void Names_are_known_once_a_rule_asks()
    {
        _factory.CreateCounter("orders_total", "Orders.").Inc();
        _store.Want("orders_totla");
        Sample();

        Assert.Contains("orders_total", _store.Metrics);
    }

    private void Sample(int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _now += TimeSpan.FromSeconds(5);
            _store.Sample(_now);
        }
    }

    private SampledSeries Only(string metric)
    {
        Assert.Equal(1, _store.Of(metric).Length);
        return _store.Of(metric)[0];
    }

    private SampledSeries Find(string metric, string shop) => Assert.Single(_store.Of(metric).ToArray(), series => series.Label("shop") == shop);
}
