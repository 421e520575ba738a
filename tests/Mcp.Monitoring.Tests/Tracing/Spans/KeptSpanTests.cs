using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;

namespace Mcp.Monitoring.Tests.Tracing.Spans;

[Collection(nameof(Alone))]
public sealed class KeptSpanTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Success_that_the_sampler_left_out_stays_out_and_is_not_described()
    {
        using var spans = new SpanListener(_host.Services, ActivitySamplingResult.AllData);

        _host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.Success);

        Activity span = spans.Single("t");
        Assert.False(span.Recorded);
        Assert.Empty(span.TagObjects);
    }

    [Theory]
    [InlineData(OperationOutcome.ServerError, true)]
    [InlineData(OperationOutcome.ToolError, true)]
    [InlineData(OperationOutcome.ClientError, false)]
    [InlineData(OperationOutcome.Cancelled, false)]
    [InlineData(OperationOutcome.InputRequired, false)]
    public void Failure_is_kept(OperationOutcome outcome, bool kept)
    {
        using var spans = new SpanListener(_host.Services, ActivitySamplingResult.AllData);

        _host.Monitor.Begin(OperationType.Tools, "t").End(outcome);

        Activity span = spans.Single("t");
        Assert.Equal(kept, span.Recorded);
        Assert.Equal(kept ? "failure" : null, span.GetTagItem("mcp.monitoring.kept"));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void Call_slower_than_the_target_is_kept(int milliseconds, bool kept)
    {
        using var spans = new SpanListener(_host.Services, ActivitySamplingResult.AllData);
        OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "t");
        _host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

        scope.End(OperationOutcome.Success);

        Assert.Equal(kept ? "slow" : null, spans.Single("t").GetTagItem("mcp.monitoring.kept"));
    }

    [Fact]
    public void Sampled_span_is_not_taken_from_the_budget()
    {
        using var spans = new SpanListener(_host.Services);

        _host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.ServerError);

        Assert.Null(spans.Single("t").GetTagItem("mcp.monitoring.kept"));
    }

    [Fact]
    public void No_more_than_the_budget_is_kept_in_a_minute()
    {
        var kept = new TailSamplingBudget(_host.Monitor.Clock, 3);
        int first = Enumerable.Range(0, 10).Count(_ => kept.TryTake());
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        int second = Enumerable.Range(0, 10).Count(_ => kept.TryTake());

        Assert.Equal((3, 3), (first, second));
        Assert.False(new TailSamplingBudget(_host.Monitor.Clock, 0).TryTake());
    }

    [Fact]
    public void Span_that_somebody_collects_is_described_without_being_recorded()
    {
        using var spans = new SpanListener(_host.Services, ActivitySamplingResult.AllData) { Started = span => span.SetCustomProperty(SpanSource.CollectorProperty, "me") };

        _host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.Success);

        Activity span = spans.Single("t");
        Assert.False(span.Recorded);
        Assert.Equal("success", span.GetTagItem("mcp.monitoring.outcome"));
    }
}
