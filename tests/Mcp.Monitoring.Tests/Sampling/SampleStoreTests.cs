using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

public class SampleStoreTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private readonly SampledRegistry _sampled = new();

    private SampleStore Store => _sampled.Store;

    [Fact]
    public void Before_the_first_sample_nothing_is_known()
    {
        Assert.True(Store.Of("mcp_operations_total").IsEmpty);
        Assert.Empty(Store.Bounds("mcp_operation_duration_seconds"));
        Assert.Equal(TimeSpan.Zero, Store.Covered(FiveMinutes));
    }

    [Fact]
    public void One_sample_is_a_value_and_no_increase()
    {
        _sampled.Registry.Counter(SampledRegistry.Calls).With("a").Add(7);
        _sampled.Sample();

        SampledSeries calls = _sampled.Series("mcp_test_calls_total", "a");
        Assert.Equal(7, Store.Last(calls));
        Assert.True(double.IsNaN(Store.Increase(calls, FiveMinutes)));
        Assert.True(double.IsNaN(Store.ValueAt(calls, TimeSpan.FromSeconds(5))));
    }

    [Fact]
    public void Counter_that_appears_later_began_at_0()
    {
        CounterFamily family = _sampled.Registry.Counter(SampledRegistry.Calls);
        family.With("early").Add(100);
        _sampled.SampleFor(FiveMinutes);

        family.With("late").Add(3);
        _sampled.Sample();

        Assert.Equal(3, _sampled.Increase("mcp_test_calls_total", FiveMinutes, "late"));
        Assert.Equal(0, Store.ValueAt(_sampled.Series("mcp_test_calls_total", "late"), TimeSpan.FromMinutes(1)));
        Assert.Equal(0, _sampled.Increase("mcp_test_calls_total", FiveMinutes, "early"));
    }

    [Fact]
    public void Series_that_has_counted_nothing_is_0_as_soon_as_there_are_two_samples()
    {
        _sampled.Registry.Operations.Create(OperationType.Tools, "search");
        _sampled.Sample();
        Assert.True(double.IsNaN(_sampled.Increase("mcp_operations_total", FiveMinutes, "tools", "search", "success")));

        _sampled.Sample();

        Assert.Equal(0, _sampled.Increase("mcp_operations_total", FiveMinutes, "tools", "search", "success"));
        Assert.Equal(0, Store.Last(_sampled.Series("mcp_operation_duration_seconds", "tools", "search", "success")));
        Assert.Equal(0, Store.SumIncrease(_sampled.Series("mcp_operation_duration_seconds", "tools", "search", "success"), FiveMinutes));
        Span<double> increases = stackalloc double[16];
        increases.Fill(1);
        Assert.True(Store.TryReadBuckets(_sampled.Series("mcp_operation_duration_seconds", "tools", "search", "success"), FiveMinutes, increases));
        Assert.Equal(-1, increases.IndexOfAnyExcept(0));
    }

    [Fact]
    public void Counter_past_4_billion_is_exact()
    {
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        counter.Add((1L << 33) + uint.MaxValue - 10);
        _sampled.SampleFor(FiveMinutes);

        counter.Add(25);
        _sampled.Sample();

        SampledSeries series = _sampled.Series("mcp_test_calls_total", "a");
        Assert.Equal(25 * 300d / 295, Store.Increase(series, FiveMinutes), 1e-9);
        Assert.Equal((1L << 33) + uint.MaxValue + 15, Store.Last(series));
        Assert.Equal((1L << 33) + uint.MaxValue - 10, Store.ValueAt(series, TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void Gauge_that_is_NaN_is_absent_and_comes_back()
    {
        Gauge gauge = _sampled.Registry.Gauge(SampledRegistry.Size).With("a");
        gauge.Set(double.NaN);
        _sampled.Sample();
        SampledSeries series = _sampled.Series("mcp_test_size", "a");
        Assert.True(double.IsNaN(Store.Last(series)));

        gauge.Set(4);
        _sampled.Sample();
        gauge.Set(double.NaN);
        _sampled.Sample();

        Assert.True(double.IsNaN(Store.Last(series)));
        Assert.Equal(4, Store.ValueAt(series, TimeSpan.FromSeconds(5)));
        Assert.True(double.IsNaN(Store.ValueAt(series, TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void Gauge_whose_source_throws_is_absent_and_the_others_are_sampled()
    {
        Gauge gauge = _sampled.Registry.Gauge(SampledRegistry.Size).With("a");
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        gauge.Set(4);
        _sampled.Sample();

        gauge.Source = () => throw new InvalidOperationException("out of order");
        counter.Add(2);
        _sampled.Sample();

        Assert.True(double.IsNaN(Store.Last(_sampled.Series("mcp_test_size", "a"))));
        Assert.Equal(2, Store.Last(_sampled.Series("mcp_test_calls_total", "a")));
        Assert.Equal(1, _sampled.Registry.MonitoringErrors.With(InternalErrors.Alerting).Value);
    }

    [Fact]
    public void Histogram_has_an_increase_of_each_bucket_and_of_its_sum()
    {
        Histogram histogram = _sampled.Registry.Histogram(SampledRegistry.Time).With("a");
        _sampled.SampleFor(FiveMinutes);

        histogram.Observe(_sampled.Clock.ToTicks(TimeSpan.FromMilliseconds(150)));
        histogram.Observe(_sampled.Clock.ToTicks(TimeSpan.FromMilliseconds(150)));
        histogram.Observe(_sampled.Clock.ToTicks(TimeSpan.FromMinutes(20)));
        _sampled.Sample();

        SampledSeries series = _sampled.Series("mcp_test_duration_seconds", "a");
        double[] increases = new double[16];
        Assert.True(Store.TryReadBuckets(series, FiveMinutes, increases));
        Assert.Equal(3, Store.Increase(series, FiveMinutes));
        Assert.Equal(3, Store.Last(series));
        Assert.Equal(2, increases[5]);
        Assert.Equal(1, increases[15]);
        Assert.Equal(3, increases.Sum());
        Assert.Equal(1200.3, Store.SumIncrease(series, FiveMinutes), 1e-6);
        Assert.Equal(0.2, Store.Bounds("mcp_test_duration_seconds")[5]);
        Assert.False(Store.TryReadBuckets(series, FiveMinutes, new double[15]));
    }

    [Fact]
    public void Hour_is_read_from_the_minutes_and_the_newest_sample()
    {
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        counter.Add(1_000_000);
        _sampled.SampleFor(TimeSpan.FromHours(2), () => counter.Add(5));
        counter.Add(1);
        _sampled.Sample();

        // One a second, and one more just now.
        Assert.Equal(1800, _sampled.Increase("mcp_test_calls_total", TimeSpan.FromMinutes(30), "a"), 10d);
        Assert.Equal(3600, _sampled.Increase("mcp_test_calls_total", TimeSpan.FromHours(1), "a"), 10d);
        Assert.Equal(300, _sampled.Increase("mcp_test_calls_total", FiveMinutes, "a"), 10d);
    }

    [Fact]
    public void Day_of_counters_and_of_the_number_of_observations_is_kept()
    {
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        Histogram histogram = _sampled.Registry.Histogram(SampledRegistry.Time).With("a");
        counter.Add(1_000_000);
        for (int i = 0; i < 26 * 60 / 5; i++)
        {
            counter.Add(10);
            histogram.Observe(1);
            _sampled.Sample(FiveMinutes);
        }

        SampledSeries calls = _sampled.Series("mcp_test_calls_total", "a");
        Assert.Equal(10 * 24 * 12, _sampled.Increase("mcp_test_calls_total", TimeSpan.FromHours(24), "a"), 1e-6);
        Assert.Equal(24 * 12, _sampled.Increase("mcp_test_duration_seconds", TimeSpan.FromHours(24), "a"), 1e-6);
        Assert.Equal(120, Store.ValueAt(calls, TimeSpan.FromHours(23)) - Store.ValueAt(calls, TimeSpan.FromHours(24)));
        Assert.Equal(120, Store.ValueAt(calls, TimeSpan.FromHours(24)) - Store.ValueAt(calls, TimeSpan.FromHours(25)));
    }

    [Fact]
    public void Missed_samples_are_a_gap()
    {
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        _sampled.SampleFor(FiveMinutes, () => counter.Add(5));
        Assert.Equal(TimeSpan.FromMinutes(5) - SampledRegistry.Interval, Store.Covered(FiveMinutes));

        // Suspended for four minutes: one sample of them at the end.
        _sampled.Sample(TimeSpan.FromMinutes(4));

        Assert.Equal(TimeSpan.FromMinutes(1), Store.Covered(FiveMinutes));
        Assert.Equal(TimeSpan.Zero, Store.Covered(TimeSpan.FromMinutes(3)));
        Assert.True(double.IsNaN(_sampled.Increase("mcp_test_calls_total", TimeSpan.FromMinutes(4), "a")));

        // Six minutes: what was before is out of the window.
        _sampled.Sample(TimeSpan.FromMinutes(6));

        Assert.True(double.IsNaN(_sampled.Increase("mcp_test_calls_total", FiveMinutes, "a")));
        Assert.Equal(TimeSpan.Zero, Store.Covered(FiveMinutes));
    }

    [Fact]
    public void Covered_grows_from_the_first_sample_to_the_window()
    {
        _sampled.Sample();
        Assert.Equal(TimeSpan.Zero, Store.Covered(FiveMinutes));

        _sampled.SampleFor(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromMinutes(2), Store.Covered(FiveMinutes));
        Assert.Equal(TimeSpan.FromMinutes(1), Store.Covered(TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromMinutes(2), Store.Covered(TimeSpan.FromHours(1)));

        _sampled.SampleFor(TimeSpan.FromMinutes(10));
        Assert.Equal(FiveMinutes, Store.Covered(FiveMinutes));
        Assert.Equal(TimeSpan.FromMinutes(12), Store.Covered(TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(2_000)]
    public void Samples_that_come_too_soon_take_no_slots_from_the_five_minutes(int milliseconds)
    {
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        counter.Add(1_000);
        for (int i = 0; i < 200; i++)
        {
            counter.Add(5);
            _sampled.Sample(SampledRegistry.Interval - TimeSpan.FromMilliseconds(milliseconds));
            _sampled.Sample(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal(300, _sampled.Increase("mcp_test_calls_total", FiveMinutes, "a"), 6d);
        Assert.Equal(FiveMinutes, Store.Covered(FiveMinutes));
        Assert.Equal(2_000, Store.Last(_sampled.Series("mcp_test_calls_total", "a")));
    }

    [Fact]
    public void Sample_of_an_instant_that_was_sampled_changes_nothing()
    {
        Counter counter = _sampled.Registry.Counter(SampledRegistry.Calls).With("a");
        _sampled.Sample();
        counter.Add(3);

        Store.Sample(Store.Now);

        Assert.Equal(0, Store.Last(_sampled.Series("mcp_test_calls_total", "a")));
    }

    [Fact]
    public void Series_past_the_limit_are_dropped_and_counted_once()
    {
        var sampled = new SampledRegistry(mostSeries: 40);
        CounterFamily family = sampled.Registry.Counter(SampledRegistry.Calls);
        sampled.Sample();
        for (int i = 0; i < 60; i++)
        {
            family.With($"{i}").Add(i);
        }

        sampled.Sample();
        long dropped = sampled.Registry.Dropped.With("alerting", "series").Value;
        int kept = sampled.Store.Of("mcp_test_calls_total").Length;
        sampled.Sample();

        Assert.Equal(60, kept + dropped);
        Assert.InRange(kept, 1, 39);
        Assert.Equal(dropped, sampled.Registry.Dropped.With("alerting", "series").Value);
        Assert.Equal(kept - 1, sampled.Store.Last(sampled.Store.Of("mcp_test_calls_total")[^1]));
    }

    [Fact]
    public void Errors_of_operations_and_of_routes_keep_their_series_as_both_grow()
    {
        MetricsRegistry registry = _sampled.Registry;
        for (int round = 1; round <= 5; round++)
        {
            registry.Operations.Create(OperationType.Tools, $"tool {round}").CountError(ErrorType.Timeout, OperationOutcome.ServerError, context: null);
            for (int i = 0; i < round; i++)
            {
                registry.Operations.ErrorsOfRoute($"/{round}").Count(ErrorType.Internal, OperationOutcome.ServerError, new OperationContext(activity: null, meta: null));
            }

            _sampled.Sample();
        }

        for (int round = 1; round <= 5; round++)
        {
            Assert.Equal(1, Store.Last(_sampled.Series("mcp_errors_total", "timeout", "server_error", "tools", $"tool {round}", "none")));
            Assert.Equal(0, Store.Last(_sampled.Series("mcp_errors_total", "internal", "server_error", "tools", $"tool {round}", "none")));
            Assert.Equal(round, Store.Last(_sampled.Series("mcp_errors_total", "internal", "server_error", "http", $"/{round}", "none")));
        }
    }

    [Fact]
    public void Names_have_the_prefix_mcp_whatever_the_page_has()
    {
        var sampled = new SampledRegistry(new MetricsOptions { Prefix = "weather" });
        sampled.Registry.Operations.Create(OperationType.Tools, "search").CountUntimed(OperationOutcome.Success);
        sampled.Sample();

        SampledSeries series = sampled.Series("mcp_operations_total", "tools", "search", "success");
        Assert.Equal("search", series.Label("operation"));
        Assert.Equal("", series.Label("dependency"));
        Assert.Equal("mcp_operations_total{operation_type=\"tools\", operation=\"search\", outcome=\"success\"}", series.ToString());
        Assert.Equal(1, sampled.Store.Last(series));
    }

    [Fact]
    public void Every_metric_of_our_own_that_has_a_series_is_sampled()
    {
        _sampled.Registry.Operations.Create(OperationType.Tools, "search").CountUntimed(OperationOutcome.Success);
        _sampled.Sample();

        Assert.Equal(1, Store.Last(_sampled.Series("mcp_operation_info", "tools", "search", "")));
        Assert.True(double.IsNaN(Store.Last(_sampled.Series("mcp_operation_last_success_timestamp_seconds", "tools", "search"))));
        Assert.Equal(0, Store.Last(_sampled.Series("mcp_streams_active")));
        Assert.Equal(0, Store.Last(_sampled.Series("mcp_monitoring_dropped_total", "alerting", "series")));
        foreach (MetricFamily family in _sampled.Registry.Families)
        {
            Assert.Equal(family.Counts().Count(), family.Definition.Kind == MetricKind.Counter ? Store.Of(family.Definition.Name).Length : 0);
        }
    }
}
