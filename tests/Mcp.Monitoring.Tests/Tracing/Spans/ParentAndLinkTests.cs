using System.Diagnostics;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Tracing.Spans;

/// <summary>A request that comes in an HTTP request has two who could be its parent: the caller of <c>_meta.traceparent</c> and the HTTP span.</summary>
[Collection(nameof(Alone))]
public sealed class ParentAndLinkTests : IDisposable
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentId = "00f067aa0ba902b7";
    private readonly ActivitySource _http = new("http");
    private readonly ActivitySource _sdk = new("Experimental.ModelContextProtocol");

    public void Dispose()
    {
        _http.Dispose();
        _sdk.Dispose();
    }

    [Fact]
    public void Caller_is_the_parent_and_the_HTTP_span_a_link()
    {
        (Activity span, Activity around, string? traceId) = Call(isHttpParent: false, _http);

        Assert.Equal((TraceId, ParentId), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString()));
        Assert.Equal(around.Context.SpanId, Assert.Single(span.Links).Context.SpanId);
        Assert.Equal(TraceId, traceId);
    }

    [Fact]
    public void By_option_the_HTTP_span_is_the_parent_and_the_caller_a_link()
    {
        (Activity span, Activity around, string? traceId) = Call(isHttpParent: true, _http);

        Assert.Equal(around.SpanId, span.ParentSpanId);
        ActivityContext link = Assert.Single(span.Links).Context;
        Assert.Equal((TraceId, ParentId), (link.TraceId.ToHexString(), link.SpanId.ToHexString()));
        Assert.Equal(around.TraceId.ToHexString(), traceId);
    }

    [Fact]
    public void By_option_a_call_that_is_not_sampled_is_of_the_trace_of_the_HTTP_span_before_and_after_it_failed()
    {
        using var host = new TestHost(add: services => services.AddSingleton(
            new SpanSettings { IsHttpParent = true, Head = new HeadSampling(0), SkipsUnsampled = true, KeptPerMinute = 1 }));
        using var spans = new SpanListener(host.Services);
        using Activity around = new Activity("POST /mcp").Start();
        var meta = new JsonObject { ["traceparent"] = $"00-{TraceId}-{ParentId}-00" };

        OperationRecord record = host.Monitor.OpenRequest(host.Operation(OperationType.Tools, "t"), call: null, message: null, meta, CancellationToken.None, out int version);
        OperationContext context = record.Context;
        string? before = context.TraceId;
        record.End(version, OperationOutcome.ServerError);

        Assert.Equal((around.TraceId.ToHexString(), around.TraceId.ToHexString()), (before, context.TraceId));
        Assert.Equal(around.SpanId, spans.Single("t").ParentSpanId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_an_HTTP_span_the_caller_is_the_parent(bool isHttpParent)
    {
        (Activity span, _, _) = Call(isHttpParent, around: null);

        Assert.Equal(ParentId, span.ParentSpanId.ToHexString());
        Assert.Empty(span.Links);
    }

    [Fact]
    public void Span_of_the_SDK_is_the_parent_and_gets_what_it_does_not_know()
    {
        (Activity span, Activity around, _) = Call(isHttpParent: false, _sdk);

        Assert.Equal(around.SpanId, span.ParentSpanId);
        Assert.Equal("server_error", around.GetTagItem("mcp.monitoring.outcome"));
        Assert.Equal("t", around.GetTagItem("mcp.monitoring.operation"));
        Assert.DoesNotContain(around.TagObjects, tag => !tag.Key.StartsWith("mcp.monitoring.", StringComparison.Ordinal));
    }

    [Fact]
    public void Span_of_the_SDK_gets_it_also_where_nobody_listens_to_ours()
    {
        using var host = new TestHost();
        using var listener = new ActivityListener { ShouldListenTo = source => ReferenceEquals(source, _sdk), Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using Activity around = _sdk.StartActivity("tools/call t")!;

        OperationRecord record = host.Monitor.OpenRequest(host.Operation(OperationType.Tools, "t"), call: null, message: null, meta: null, CancellationToken.None, out int version);
        record.End(version, OperationOutcome.Success);

        Assert.Equal("success", around.GetTagItem("mcp.monitoring.outcome"));
    }

    private static (Activity Span, Activity Around, string? TraceId) Call(bool isHttpParent, ActivitySource? around)
    {
        using var host = new TestHost(add: services => services.AddSingleton(new SpanSettings { IsHttpParent = isHttpParent }));
        using var spans = new SpanListener(host.Services, ActivitySamplingResult.AllDataAndRecorded, around is null ? [] : [around]);
        var meta = new JsonObject { ["traceparent"] = $"00-{TraceId}-{ParentId}-01" };
        using Activity? outer = around?.StartActivity("POST /mcp");

        OperationRecord record = host.Monitor.OpenRequest(host.Operation(OperationType.Tools, "t"), call: null, message: null, meta, CancellationToken.None, out int version);
        OperationContext context = record.Context;
        record.End(version, OperationOutcome.ServerError);

        Assert.Same(outer, Activity.Current);
        return (spans.Single("t"), outer!, context.TraceId);
    }
}
