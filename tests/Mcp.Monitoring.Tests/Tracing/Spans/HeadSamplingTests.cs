using System.Diagnostics;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Tracing.Spans;

/// <summary>What is sampled is decided before a span is made, and a request without one gets one where it turns out to be worth it.</summary>
[Collection(nameof(Alone))]
public sealed class HeadSamplingTests : IDisposable
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentId = "00f067aa0ba902b7";
    private readonly ActivitySource _http = new("http");

    public void Dispose() => _http.Dispose();

    [Fact]
    public void Success_that_is_not_sampled_makes_no_span()
    {
        using TestHost host = Host(share: 0);
        using var spans = new SpanListener(host.Services);
        Activity? current = null;

        using (OperationScope scope = host.Monitor.Begin(OperationType.Tools, "t"))
        {
            current = Activity.Current;
            host.Monitor.Begin(OperationType.Function, "nested").End(OperationOutcome.Success);
            scope.End(OperationOutcome.Success);
        }

        Assert.Null(current);
        Assert.Empty(spans.Ended);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 2000, 2000)]
    [InlineData(0.1, 100, 300)]
    public void Share_of_the_requests_without_a_parent_is_taken(double share, int least, int most)
    {
        using TestHost host = Host(share);
        using var spans = new SpanListener(host.Services);

        for (int i = 0; i < 2000; i++)
        {
            host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.Success);
        }

        Assert.InRange(spans.Ended.Count, least, most);
    }

    [Theory]
    [InlineData("01", 0, true)]
    [InlineData("00", 1, false)]
    public void Caller_decides_where_it_sent_its_span(string flags, double share, bool taken)
    {
        using TestHost host = Host(share);
        using var spans = new SpanListener(host.Services);

        Call(host, flags, OperationOutcome.Success);

        Assert.Equal(taken ? 1 : 0, spans.Ended.Count);
    }

    [Theory]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded, 0, true)]
    [InlineData(ActivitySamplingResult.PropagationData, 1, false)]
    public void HTTP_span_decides_where_somebody_listens_to_it(ActivitySamplingResult ofHttp, double share, bool taken)
    {
        using TestHost host = Host(share);
        using var spans = new SpanListener(host.Services);
        using var listener = new ActivityListener { ShouldListenTo = source => ReferenceEquals(source, _http), Sample = (ref _) => ofHttp };
        ActivitySource.AddActivityListener(listener);
        using Activity around = _http.StartActivity("POST /mcp")!;

        host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.Success);

        Assert.Equal(taken ? 1 : 0, spans.Ended.Count);
    }

    [Fact]
    public void Share_decides_where_nobody_listens_to_the_HTTP_span_and_it_has_no_caller()
    {
        using TestHost host = Host(share: 1);
        using var spans = new SpanListener(host.Services);
        using Activity around = new Activity("Microsoft.AspNetCore.Hosting.HttpRequestIn").Start();

        host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.Success);

        Assert.Equal(around.SpanId, spans.Single("t").ParentSpanId);
    }

    [Fact]
    public void Failure_that_is_not_sampled_is_kept_in_the_trace_of_its_caller()
    {
        using TestHost host = Host(share: 0);
        using var spans = new SpanListener(host.Services);

        Call(host, "00", OperationOutcome.ServerError);

        Activity span = spans.Single("t");
        Assert.True(span.Recorded);
        Assert.Equal((TraceId, ParentId, "failure"), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString(), span.GetTagItem("mcp.monitoring.kept")));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Failure_without_a_caller_is_kept_as_the_root_of_a_trace_that_is_its_correlation_id()
    {
        using TestHost host = Host(share: 0);
        using var spans = new SpanListener(host.Services);
        OperationScope scope = host.Monitor.Begin(OperationType.Tools, "t");
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        string? correlationId = host.Monitor.CorrelationId;

        scope.End(OperationOutcome.ServerError);

        Activity span = spans.Single("t");
        Assert.Equal(correlationId, span.TraceId.ToHexString());
        Assert.Equal(default, span.ParentSpanId);
        Assert.Equal(host.Clock.GetUtcNow().AddSeconds(-3).UtcDateTime, span.StartTimeUtc, TimeSpan.FromMilliseconds(1));
        Assert.Equal("server_error", span.GetTagItem("mcp.monitoring.outcome"));
    }

    [Fact]
    public void Request_that_succeeds_after_an_error_in_it_is_kept_and_the_error_has_its_span()
    {
        using TestHost host = Host(share: 0);
        using var spans = new SpanListener(host.Services);
        OperationScope scope = host.Monitor.Begin(OperationType.Tools, "t");
        host.Monitor.Begin(OperationType.Function, "nested").Fail(new TimeoutException());

        scope.End(OperationOutcome.Success);

        Assert.Equal("failure", spans.Single("t").GetTagItem("mcp.monitoring.kept"));
        Assert.Equal("success", spans.Single("t").GetTagItem("mcp.monitoring.outcome"));
    }

    [Fact]
    public void Slow_request_is_kept()
    {
        using TestHost host = Host(share: 0);
        using var spans = new SpanListener(host.Services);
        OperationScope scope = host.Monitor.Begin(OperationType.Tools, "t");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        scope.End(OperationOutcome.Success);

        Assert.Equal("slow", spans.Single("t").GetTagItem("mcp.monitoring.kept"));
    }

    [Fact]
    public void Storm_of_failures_keeps_no_more_than_the_budget()
    {
        using TestHost host = Host(share: 0, kept: 5);
        using var spans = new SpanListener(host.Services);

        for (int i = 0; i < 100; i++)
        {
            host.Monitor.Begin(OperationType.Tools, "t").End(OperationOutcome.ServerError);
        }

        Assert.Equal(5, spans.Ended.Count);
    }

    [Fact]
    public void Span_that_the_host_asks_for_in_a_request_without_one_is_left_out()
    {
        using TestHost host = Host(share: 0);
        using var spans = new SpanListener(host.Services);
        using OperationScope scope = host.Monitor.Begin(OperationType.Tools, "t");

        using (host.Services.GetRequiredService<Mcp.Monitoring.IMcpTracer>().StartSpan("read"))
        {
            Assert.Null(Activity.Current);
        }

        scope.End(OperationOutcome.Success);
        Assert.Empty(spans.Ended);
    }

    private static TestHost Host(double share, int kept = 100) => new(add: services => services.AddSingleton(new SpanSettings
    {
        Head = new HeadSampling(share),
        SkipsUnsampled = true,
        KeptPerMinute = kept,
        SlowAfter = TimeSpan.FromMilliseconds(200),
    }));

    private static void Call(TestHost host, string flags, OperationOutcome outcome)
    {
        var meta = new JsonObject { ["traceparent"] = $"00-{TraceId}-{ParentId}-{flags}" };
        OperationRecord record = host.Monitor.OpenRequest(host.Operation(OperationType.Tools, "t"), call: null, message: null, meta, CancellationToken.None, out int version);
        record.End(version, outcome);
        OperationContext.LeaveEnded();
    }
}
