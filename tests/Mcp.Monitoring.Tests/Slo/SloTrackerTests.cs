using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Tests.Slo;

public class SloBookTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly ObservedBook _book = new();

    private Objective Availability => _book["availability"];

    [Fact]
    public void Work_within_an_operation_was_asked_for_by_no_client()
    {
        using var host = new TestHost();
        OperationMonitor monitor = host.Monitor;
        var book = new SloTracker(host.Registry);
        book.Configure([ObservedBook.Availability, ObservedBook.Fast], countsToolErrors: false);
        using (OperationScope root = monitor.Begin(OperationType.Tools, "outer"))
        {
            using (OperationScope nested = monitor.Begin(OperationType.Tools, "inner"))
            {
                nested.End(OperationOutcome.ServerError);
            }

            using (OperationScope nested = monitor.Begin(OperationType.Tools, "inner"))
            {
                nested.End(OperationOutcome.Success);
            }

            root.End(OperationOutcome.Success);
        }

        using (OperationScope root = monitor.Begin(OperationType.Tools, "inner"))
        {
            root.End(OperationOutcome.Success);
        }

        book.Sample(TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch);

        Assert.Equal(new SloEvents(2, 2), book.Objectives[0].Events(Hour));
        Assert.Equal(new SloEvents(2, 2), book.Objectives[1].Events(Hour));
    }

    [Fact]
    public void Operation_brings_objectives_of_its_own()
    {
        OperationCells slow = _book.Registry.Operations.Create(OperationType.Tools, "report");
        slow.Describe(new OperationTraits(LatencyTargetMs: 2000, Availability: 0.9));
        _book.Call(seconds: 1.5, operation: slow);
        _book.Call(OperationOutcome.ServerError, operation: slow);
        _book.Call();
        _book.Sample();

        Assert.Equal(["availability", "latency_p95", "latency_p99", "tools/report/availability", "tools/report/latency"], _book.Book.Objectives.Select(objective => objective.Name));
        Assert.Equal(5d, _book["tools/report/availability"].BurnRate(Hour));
        Assert.Equal(new SloEvents(1, 1), _book["tools/report/latency"].Events(Hour));
        Assert.Equal(0.95m, _book["tools/report/latency"].Definition.Target);
        Assert.Equal(3, Availability.Events(Hour).Total);
    }

    [Fact]
    public void Operation_that_is_no_request_of_a_client_brings_none()
    {
        _book.Registry.Operations.Create(OperationType.Function, "job").Describe(new OperationTraits(Availability: 0.9));
        _book.Sample();

        Assert.Equal(3, _book.Book.Objectives.Count);
    }

    [Fact]
    public void Objective_of_one_operation_counts_that_one_whatever_its_type()
    {
        var book = new ObservedBook(time: null, ObservedBook.Availability with { Indicator = new SloIndicator(SloKind.Availability, Operation: "other") });
        book.Call(operation: book.Registry.Operations.Create(OperationType.Prompts, "other"));
        book.Call();
        book.Sample();

        Assert.Equal(1, book["availability"].Events(Hour).Total);
    }

    [Fact]
    public void Threshold_that_is_no_edge_is_a_fault_and_judged_by_nobody()
    {
        SloDefinition between = ObservedBook.Fast with { Indicator = new SloIndicator(SloKind.Latency, 0.25) };

        Fault fault = SloTracker.Check(between, _book.Registry.Buckets.Bounds)!;
        Assert.Equal("ThresholdMs is 250. Set it to an edge of the latency histogram, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 30000, 60000, 120000, 300000 ms, or restart to make it one.", fault.ToString("ThresholdMs"));
        Assert.Null(SloTracker.Check(ObservedBook.Fast, _book.Registry.Buckets.Bounds));
        Assert.Null(SloTracker.Check(ObservedBook.Availability, _book.Registry.Buckets.Bounds));

        _book.Book.Configure([ObservedBook.Availability, between], countsToolErrors: false);
        _book.Sample();

        Assert.Equal(["availability"], _book.Book.Objectives.Select(objective => objective.Name));
        Assert.Equal(["latency_p95"], _book.Book.Faults.Select(faulty => faulty.Slo));
    }

    [Fact]
    public void Reload_keeps_what_was_counted()
    {
        _book.Call(count: 99);
        _book.Fail();
        _book.Sample();
        Assert.Equal(2d, Availability.BurnRate(Hour));

        _book.Book.Configure([ObservedBook.Availability with { Name = "stricter", Target = 0.999m }], countsToolErrors: false);
        Assert.Equal(10d, _book["stricter"].BurnRate(Hour));

        _book.Call(count: 100);
        _book.Sample();
        Assert.Equal(5d, _book["stricter"].BurnRate(Hour));
        Assert.Single(_book.Book.Objectives);
    }

    [Fact]
    public void List_of_objectives_is_another_only_when_it_changed()
    {
        _book.Sample();
        IReadOnlyList<Objective> before = _book.Book.Objectives;
        _book.Registry.Operations.Create(OperationType.Tools, "plain");
        _book.Sample();
        Assert.Same(before, _book.Book.Objectives);

        _book.Registry.Operations.Create(OperationType.Tools, "own").Describe(new OperationTraits(Availability: 0.9));
        _book.Sample();
        Assert.NotSame(before, _book.Book.Objectives);
        Assert.Same(before[0], _book.Book.Objectives[0]);
    }

    [Fact]
    public void Two_objectives_of_the_same_indicator_share_its_counts()
    {
        var book = new ObservedBook(time: null, ObservedBook.Availability, ObservedBook.Availability with { Name = "strict", Target = 0.999m });
        book.Fail(3);
        book.Sample();

        Assert.Equal(3, book["availability"].Events(Hour).Total);
        Assert.Equal(3, book["strict"].Events(Hour).Total);
    }

    [Fact]
    public void Objectives_past_the_limit_are_dropped_and_counted()
    {
        for (int i = 0; i < SloTracker.MostObjectives; i++)
        {
            _book.Registry.Operations.Create(OperationType.Tools, $"tool {i}").Describe(new OperationTraits(Availability: 0.9));
        }

        _book.Sample();
        _book.Sample();

        Assert.Equal(SloTracker.MostObjectives, _book.Book.Objectives.Count);
        Assert.Equal(3, _book.Registry.Dropped.With("alerting", "slo").Value);
    }

    [Fact]
    public void Gauges_are_absent_until_there_are_events_and_0_where_a_window_has_none()
    {
        _book.Sample();
        Assert.True(double.IsNaN(_book.Gauge("mcp_slo_error_budget_remaining_ratio", "availability")));
        Assert.True(double.IsNaN(_book.Gauge("mcp_slo_burn_rate", "availability", "availability", "5m")));

        _book.Call(count: 999);
        _book.Fail();
        _book.Sample();
        Assert.Equal(0.8, _book.Gauge("mcp_slo_error_budget_remaining_ratio", "availability"), 1e-12);
        foreach (string window in (string[])["5m", "30m", "1h", "2h", "6h", "1d", "3d"])
        {
            Assert.Equal(0.2, _book.Gauge("mcp_slo_burn_rate", "availability", "availability", window), 1e-12);
        }

        _book.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(0, _book.Gauge("mcp_slo_burn_rate", "availability", "availability", "5m"));
        Assert.Equal(0.2, _book.Gauge("mcp_slo_burn_rate", "availability", "availability", "30m"), 1e-12);

        _book.Book.Configure([], countsToolErrors: false);
        _book.Sample();
        Assert.True(double.IsNaN(_book.Gauge("mcp_slo_burn_rate", "availability", "availability", "30m")));
    }

    [Theory]
    [InlineData(60 * 24 * 365)]
    [InlineData(-60 * 24 * 365)]
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(7)]
    [InlineData(-7)]
    [InlineData(-60 * 24 * 365 * 40)]
    public void Clock_that_is_set_moves_what_was_counted_along(int minutes)
    {
        _book.Call(count: 1_000);
        _book.Fail(10);
        _book.Pass(TimeSpan.FromMinutes(10), () => _book.Call());

        _book.SetClock(TimeSpan.FromMinutes(minutes));
        _book.Pass(TimeSpan.FromMinutes(5), () => _book.Call());

        SloEvents month = Availability.Events(Month);
        Assert.Equal(new SloEvents(1_000 + 120 + 60, 1_000 + 120 + 60 + 10), month);
        Assert.Equal(month, Availability.Events(Hour));
        Assert.Equal(0, Availability.Events(TimeSpan.FromMinutes(5)).Bad);

        _book.SetClock(TimeSpan.FromMinutes(-minutes));
        _book.Sample();
        Assert.Equal(month, Availability.Events(Month));
        Assert.Equal(month, Availability.Events(Hour));
    }

    [Fact]
    public void Clock_that_is_set_a_little_again_and_again_loses_no_event()
    {
        int total = 0;
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++)
        {
            _book.Call();
            total++;
            _book.SetClock(TimeSpan.FromSeconds(random.Next(-90, 90)));
            _book.Pass(ObservedBook.Interval);
        }

        Assert.Equal(total, Availability.Events(Month).Total);
        Assert.Equal(total, Availability.Events(TimeSpan.FromDays(3)).Total);
    }
}
