using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Metrics;

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
