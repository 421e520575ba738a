using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics.Registry;

public class SeriesCapTests
{
    private static readonly MetricDefinition Routes = new("mcp_test_routes_total", MetricKind.Counter, "A test.", "route", "kind");
    private static readonly MetricDefinition Queues = new("mcp_test_queue", MetricKind.Gauge, "A test.", "queue");

    [Fact]
    public void Open_label_past_its_cap_is_other()
    {
        MetricsRegistry registry = Create(cap: 2);
        CounterFamily routes = registry.Counter(Routes);
        Counter first = routes.With("/a", "x");
        Counter second = routes.With("/b", "x");

        Counter third = routes.With("/c", "x");

        Assert.NotSame(first, third);
        Assert.NotSame(second, third);
        Assert.Same(routes.With(OperationLabels.Other, "x"), third);
        Assert.Same(routes.With("/d", "x"), third);
    }

    [Fact]
    public void Value_known_before_the_cap_stays_itself()
    {
        CounterFamily routes = Create(cap: 1).Counter(Routes);
        Counter known = routes.With("/a", "x");
        routes.With("/b", "x");

        Assert.Same(known, routes.With("/a", "x"));
        Assert.NotSame(routes.With(OperationLabels.Other, "y"), routes.With("/a", "y"));
    }

    [Fact]
    public void Closed_label_has_no_cap()
    {
        CounterFamily routes = Create(cap: 1).Counter(Routes);

        Counter[] cells = [.. Enumerable.Range(0, 10).Select(i => routes.With("/a", $"kind {i}"))];

        Assert.Equal(10, cells.Distinct().Count());
    }

    [Fact]
    public void Each_label_has_a_cap_of_its_own()
    {
        MetricsRegistry registry = Create(cap: 1);
        registry.Counter(Routes).With("/a", "x");
        GaugeFamily queues = registry.Gauge(Queues);

        Assert.NotSame(queues.With("mail"), queues.With(OperationLabels.Other));
    }

    [Theory]
    [InlineData(OperationLabels.Other)]
    [InlineData(OperationLabels.Unknown)]
    [InlineData(OperationLabels.None)]
    public void Values_of_our_own_take_no_place_of_others(string own)
    {
        MetricsRegistry registry = Create(cap: 1);
        CounterFamily routes = registry.Counter(Routes);
        routes.With(own, "x");

        Assert.NotSame(routes.With("/a", "x"), routes.With(OperationLabels.Other, "x"));
        Assert.Equal(0, registry.LimitedSeries.With(Routes.Name).Value);
    }

    [Fact]
    public void Every_value_that_became_other_is_counted_under_its_metric()
    {
        MetricsRegistry registry = Create(cap: 1);
        CounterFamily routes = registry.Counter(Routes);
        routes.With("/a", "x");

        routes.With("/b", "x");
        routes.With("/c", "x");
        routes.With("/a", "x");

        Assert.Equal(2, registry.LimitedSeries.With(Routes.Name).Value);
        Assert.Equal(0, registry.LimitedSeries.With(Queues.Name).Value);
    }

    [Fact]
    public void Operations_past_the_cap_are_other_and_counted()
    {
        using var host = new TestHost(options => options.Prometheus.SeriesCap = 3);
        OperationCatalog catalog = host.Services.GetRequiredService<OperationCatalog>();

        for (int i = 0; i < 10; i++)
        {
            catalog.GetOrAdd(OperationType.Function, $"job_{i}").CountUntimed(OperationOutcome.Success);
        }

        Assert.Equal(1, host.Sum("mcp_operations_total", ("operation", "job_2"), ("outcome", "success")));
        Assert.Equal(0, host.Sum("mcp_operations_total", ("operation", "job_3")));
        Assert.Equal(7, host.Sum("mcp_operations_total", ("operation", "_other"), ("outcome", "success")));
        Assert.Equal(7, host.Sum("mcp_monitoring_limited_series_total", ("metric", "mcp_operations_total")));
    }

    // Whichever metric brings a value first, it is the same value for all: else a tool would be itself in one and _other in the next.
    [Fact]
    public void Operations_and_waits_share_one_cap()
    {
        using var host = new TestHost(options => options.Prometheus.SeriesCap = 3);
        OperationCatalog catalog = host.Services.GetRequiredService<OperationCatalog>();
        host.Registry.OperationWait.With("waits").Observe(1);
        Operation first = catalog.GetOrAdd(OperationType.Tools, "first");
        host.Registry.OperationWait.With("waits too").Observe(1);

        Assert.Equal("first", first.Name);
        Assert.Equal("waits", catalog.GetOrAdd(OperationType.Tools, "waits").Name);
        Assert.Equal(OperationLabels.Other, catalog.GetOrAdd(OperationType.Tools, "fourth").Name);
        Assert.Same(host.Registry.OperationWait.With(OperationLabels.Other), host.Registry.OperationWait.With("fourth"));
        Assert.Same(host.Registry.OperationWait.With("first"), host.Registry.OperationWait.With("first"));
        Assert.NotSame(host.Registry.OperationWait.With(OperationLabels.Other), host.Registry.OperationWait.With("first"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_open_label_has_more_values_on_the_whole_page_than_the_cap(int seed)
    {
        const int Cap = 10;
        using var host = new TestHost(options => options.Prometheus.SeriesCap = Cap);
        OperationCatalog catalog = host.Services.GetRequiredService<OperationCatalog>();
        var http = new HttpMetrics(host.Registry);
        CounterFamily routes = host.Registry.Counter(Routes);
        GaugeFamily queues = host.Registry.Gauge(Queues);
        var random = new Random(seed);
        for (int i = 0; i < 500; i++)
        {
            string name = $"name_{random.Next(60)}";
            switch (random.Next(6))
            {
                case 0:
                    catalog.GetOrAdd((OperationType)random.Next(OperationLabels.Types.Count), name).CountUntimed(OperationOutcome.Success);
                    break;
                case 1:
                    host.Registry.OperationWait.With(name).Observe(1);
                    break;
                case 2:
                    host.Monitor.RecordError(ErrorType.Internal, name);
                    break;
                case 3:
                    routes.With(http.Admit(name), "x").Increment();
                    break;
                case 4:
                    queues.With(name).Set(1);
                    break;
                default:
                    catalog.GetOrAdd(OperationType.Function, name).Waited(1);
                    break;
            }
        }

        string[] own = [OperationLabels.Other, OperationLabels.Unknown, OperationLabels.Unmatched, OperationLabels.None];
        (string Name, string Value)[] labels = [.. Scrape.Samples(host.Page, ExpositionFormat.Text).SelectMany(sample => sample.Labels).Distinct()];
        foreach (string label in (string[])["operation", "route", "queue"])
        {
            string[] values = [.. labels.Where(known => known.Name == label && !own.Contains(known.Value, StringComparer.Ordinal)).Select(known => known.Value)];
            Assert.InRange(values.Count(value => value.StartsWith("name_", StringComparison.Ordinal)), 1, Cap);
            Assert.InRange(values.Length, 1, Cap);
        }
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void Value_that_is_too_long_is_other_whichever_metric_brings_it(int length, bool isOther)
    {
        using var host = new TestHost();
        string name = new('x', length);

        Assert.Equal(isOther ? OperationLabels.Other : name, host.Registry.Admit(Routes, "route", name));
        Assert.Equal(isOther ? OperationLabels.Other : name, host.Services.GetRequiredService<OperationCatalog>().GetOrAdd(OperationType.Tools, name).Name);
    }

    [Fact]
    public void Cap_holds_when_many_threads_bring_new_values()
    {
        MetricsRegistry registry = Create(cap: 20);
        CounterFamily routes = registry.Counter(Routes);

        Crowd.Run(50, thread =>
        {
            for (int i = 0; i < 40; i++)
            {
                routes.With($"/{(thread * 7) + i}", "x").Increment();
            }
        });

        long[] values = [.. routes.Counts().Select(measurement => measurement.Value)];
        Assert.Equal(21, values.Length);
        Assert.Equal(50 * 40, values.Sum());
    }

    [Fact]
    public void Label_values_that_run_together_are_two_series()
    {
        CounterFamily routes = Create(cap: 100).Counter(Routes);

        Assert.NotSame(routes.With("a\u001f1:b", "c"), routes.With("a", "b\u001f1:c"));
        Assert.NotSame(routes.With("ab", ""), routes.With("a", "b"));
    }

    [Fact]
    public void Label_values_that_differ_in_half_a_character_are_one_series()
    {
        CounterFamily routes = Create(cap: 100).Counter(Routes);

        Assert.Same(routes.With("a\uD800", "b\uDC00"), routes.With("a\uD801", "b\uDC01"));
    }

    [Fact]
    public void Wrong_number_of_label_values_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Create(cap: 1).Counter(Routes).With("/a"));
    }

    private static MetricsRegistry Create(int cap) => new(new MetricsOptions { SeriesCap = cap }, ClockOf.Ticks(10_000_000));
}
