using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Tests.Slo;

public class ObjectiveTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ObservedBook _book = new();

    private Objective Availability => _book["availability"];

    [Fact]
    public void Without_events_there_is_no_ratio_and_no_alert()
    {
        _book.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal(default, Availability.Events(Hour));
        Assert.Null(Availability.BurnRate(Hour));
        Assert.Null(Availability.BudgetRemaining);
        Assert.DoesNotContain(BurnCondition.All, condition => condition.Holds(Availability));
    }

    [Theory]
    [InlineData(OperationOutcome.Success, 0, 1)]
    [InlineData(OperationOutcome.ToolError, 0, 1)]
    [InlineData(OperationOutcome.ServerError, 1, 1)]
    [InlineData(OperationOutcome.ClientError, 0, 0)]
    [InlineData(OperationOutcome.Cancelled, 0, 0)]
    [InlineData(OperationOutcome.InputRequired, 0, 0)]
    public void Availability_counts_what_was_answered_and_what_the_server_failed(OperationOutcome outcome, int bad, int total)
    {
        _book.Call(outcome);
        _book.Sample();

        Assert.Equal(new SloEvents(total - bad, total), Availability.Events(Hour));
    }

    [Fact]
    public void Tool_errors_are_bad_where_the_option_says_so()
    {
        var book = new ObservedBook(time: null, ObservedBook.Availability with { Indicator = new SloIndicator(SloKind.Availability, CountsToolErrors: true) });
        book.Call(OperationOutcome.ToolError, count: 2);
        book.Call();
        book.Sample();

        Assert.Equal(new SloEvents(1, 3), book["availability"].Events(Hour));
    }

    [Theory]
    [InlineData(OperationType.Tools, true)]
    [InlineData(OperationType.Resources, true)]
    [InlineData(OperationType.Prompts, true)]
    [InlineData(OperationType.Completion, false)]
    [InlineData(OperationType.Protocol, false)]
    [InlineData(OperationType.Function, false)]
    public void Only_tools_resources_and_prompts_count(OperationType type, bool counts)
    {
        _book.Call(operation: _book.Registry.Operations.Create(type, "other"));
        _book.Sample();

        Assert.Equal(counts ? 1 : 0, Availability.Events(Hour).Total);
        Assert.Equal(counts ? 1 : 0, _book["latency_p95"].Events(Hour).Total);
    }

    [Fact]
    public void Latency_counts_successes_and_an_edge_is_within()
    {
        _book.Call(seconds: 0.2, count: 3);
        _book.Call(seconds: 0.201);
        _book.Call(seconds: 0.5);
        _book.Call(seconds: 0.6);
        _book.Call(OperationOutcome.ServerError, seconds: 9, count: 10);
        _book.Call(OperationOutcome.ToolError, seconds: 9, count: 10);
        _book.Tool.CountUntimed(OperationOutcome.Success);
        _book.Sample();

        Assert.Equal(new SloEvents(3, 6), _book["latency_p95"].Events(Hour));
        Assert.Equal(new SloEvents(5, 6), _book["latency_p99"].Events(Hour));
        Assert.Equal(new SloEvents(17, 27), Availability.Events(Hour));
    }

    [Fact]
    public void Latency_of_94_percent_below_200_ms_and_98_point_9_below_500_ms_misses_both_by_exact_ratios()
    {
        _book.Call(seconds: 0.15, count: 940);
        _book.Call(seconds: 0.3, count: 49);
        _book.Call(seconds: 2, count: 11);
        _book.Sample();

        Assert.Equal(60d / 1000 / 0.05, _book["latency_p95"].BurnRate(Hour));
        Assert.Equal(1.2, _book["latency_p95"].BurnRate(Hour));
        Assert.Equal(1.1, _book["latency_p99"].BurnRate(Hour));
        Assert.True(_book["latency_p95"].BudgetRemaining < 0);
        Assert.True(_book["latency_p99"].BudgetRemaining < 0);
    }

    [Fact]
    public void Burn_rate_has_no_dust()
    {
        _book.Call(count: 995);
        _book.Fail(5);
        _book.Sample();

        Assert.Equal(1d, Availability.BurnRate(Hour));
        Assert.Equal(0d, Availability.BudgetRemaining);
    }

    [Fact]
    public void Ratio_is_weighted_by_events_and_not_by_time()
    {
        _book.Call(count: 10_000);
        _book.Pass(TimeSpan.FromMinutes(30));
        _book.Fail(10);
        _book.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(10d / 10_010 / 0.005, Availability.BurnRate(Hour)!.Value, 1e-12);
        Assert.Equal(200d, Availability.BurnRate(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void What_is_left_lasts_as_long_as_it_is_burnt()
    {
        // A day at a tenth of what is allowed, then an hour at five times that.
        _book.Call(count: 200_000);
        _book.Fail(100);
        _book.Pass(TimeSpan.FromHours(5));
        _book.Call(count: 9_750);
        _book.Fail(250);
        _book.Sample();

        double burned = 350d / 210_100 / 0.005;
        Assert.Equal(1 - burned, Availability.BudgetRemaining!.Value, 1e-9);
        Assert.Equal(5d, Availability.BurnRate(Hour));
    }

    [Fact]
    public void Objective_of_every_call_has_no_budget_and_no_division_by_it()
    {
        var book = new ObservedBook(time: null, ObservedBook.Availability with { Target = 1 });
        book.Call(count: 60);
        book.Sample();
        Assert.Equal(0d, book["availability"].BurnRate(Hour));
        Assert.Equal(1d, book["availability"].BudgetRemaining);

        book.Fail(5);
        book.Sample();
        Assert.Equal(double.PositiveInfinity, book["availability"].BurnRate(Hour));
        Assert.Equal(0d, book["availability"].BudgetRemaining);
        Assert.All(BurnCondition.All, condition => Assert.True(condition.Holds(book["availability"])));
    }

    [Fact]
    public void Windows_forget_what_is_older()
    {
        _book.Fail(7);
        _book.Sample();
        (TimeSpan Window, TimeSpan Grain)[] windows =
        [
            (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)), (TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1)), (Hour, TimeSpan.FromMinutes(1)),
            (TimeSpan.FromHours(2), TimeSpan.FromMinutes(1)), (TimeSpan.FromHours(6), TimeSpan.FromMinutes(1)),
            (TimeSpan.FromDays(1), TimeSpan.FromMinutes(5)), (TimeSpan.FromDays(3), TimeSpan.FromMinutes(5)), (TimeSpan.FromDays(30), Hour),
        ];
        TimeSpan passed = TimeSpan.Zero;
        foreach ((TimeSpan window, TimeSpan grain) in windows)
        {
            _book.Time.Advance(window - passed);
            _book.Sample();
            Assert.Equal(7, Availability.Events(window).Bad);

            _book.Time.Advance(grain);
            _book.Sample();
            Assert.Equal(0, Availability.Events(window).Total);
            passed = window + grain;
        }

        Assert.Null(Availability.BudgetRemaining);
        Assert.Null(Availability.BudgetRemaining);
    }
}
