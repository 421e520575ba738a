using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Tracing.Spans;

[Collection(nameof(Alone))]
public sealed class RequestSpanTests : IAsyncDisposable
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentId = "00f067aa0ba902b7";
    private readonly MonitoredHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Tool_call_has_the_name_kind_and_attributes_of_the_conventions()
    {
        using var spans = new SpanListener(_host.Services);

        await AskAsync("add", Modern("add", arguments: """{"a":1,"b":2}"""));

        Activity span = spans.Single("tools/call add");
        Assert.Equal("mcp.server", span.OperationName);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(
            [
                "gen_ai.operation.name=execute_tool", "gen_ai.tool.name=add", "jsonrpc.request.id=1", "mcp.method.name=tools/call",
                "mcp.monitoring.outcome=success", "mcp.protocol.version=2026-07-28", "network.transport=pipe",
            ],
            Tags(span));
    }

    [Fact]
    public async Task Parent_is_the_span_that_the_caller_sent()
    {
        using var spans = new SpanListener(_host.Services);

        await AskAsync("add", Modern("add", $"\"traceparent\":\"00-{TraceId}-{ParentId}-01\",\"tracestate\":\"vendor=1\"", """{"a":1,"b":2}"""));

        Activity span = spans.Single("tools/call add");
        Assert.Equal(TraceId, span.TraceId.ToHexString());
        Assert.Equal(ParentId, span.ParentSpanId.ToHexString());
        Assert.True(span.HasRemoteParent);
        Assert.Equal("vendor=1", span.TraceStateString);
    }

    [Theory]
    [InlineData("\"traceparent\":\"00-zz\"")]
    [InlineData("\"traceparent\":42")]
    [InlineData("\"tracestate\":\"vendor=1\"")]
    public async Task Without_a_valid_one_it_begins_a_trace(string meta)
    {
        using var spans = new SpanListener(_host.Services);

        await AskAsync("add", Modern("add", meta, """{"a":1,"b":2}"""));

        Activity span = spans.Single("tools/call add");
        Assert.Null(span.ParentId);
        Assert.Null(span.TraceStateString);
    }

    [Fact]
    public async Task Trace_state_that_is_no_header_is_left_out()
    {
        using var spans = new SpanListener(_host.Services);

        await AskAsync("add", Modern("add", $"\"traceparent\":\"00-{TraceId}-{ParentId}-01\",\"tracestate\":\"a=1\\r\\nX-Evil: 1\"", """{"a":1,"b":2}"""));

        Assert.Null(spans.Single("tools/call add").TraceStateString);
    }

    [Fact]
    public async Task Baggage_of_the_caller_reaches_the_handler_by_both_ways()
    {
        string? ofActivity = null, ofOpenTelemetry = null;
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection = [Tool("look", () =>
        {
            ofActivity = Activity.Current?.GetBaggageItem("tenant");
            ofOpenTelemetry = global::OpenTelemetry.Baggage.GetBaggage("tenant");
            return "done";
        })]);

        await session.AskAsync(Modern("look", $"\"traceparent\":\"00-{TraceId}-{ParentId}-01\",\"baggage\":\"tenant=north%20sea,other=2;property=1\""));

        Assert.Equal("north sea", ofActivity);
        Assert.Equal("north sea", ofOpenTelemetry);
        Assert.Null(global::OpenTelemetry.Baggage.GetBaggage("tenant"));
    }

    [Fact]
    public async Task Baggage_without_end_is_bounded()
    {
        int entries = -1;
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection = [Tool("look", () =>
        {
            entries = Activity.Current!.Baggage.Count();
            return "done";
        })]);
        string many = string.Join(',', Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"k{i}=1")));
        string tooLong = string.Create(CultureInfo.InvariantCulture, $"k={new string('v', 10_000)}");

        await session.AskAsync(Modern("look", $"\"baggage\":\"{many}\""));
        Assert.InRange(entries, 0, 64);

        await session.AskAsync(Modern("look", $"\"baggage\":\"{tooLong}\""));
        Assert.Equal(0, entries);
    }

    [Fact]
    public async Task Span_is_current_in_the_handler_and_parent_of_what_it_does()
    {
        using var own = new ActivitySource("own");
        using var spans = new SpanListener(_host.Services, ActivitySamplingResult.AllDataAndRecorded, own);
        Session session = _host.Start(options => options.ToolCollection = [Tool("work", async () =>
        {
            await Task.Yield();
            using Activity? inner = own.StartActivity("inner");
            return "done";
        })]);

        await session.AskAsync(Modern("work"));

        Activity span = spans.Single("tools/call work");
        Assert.Equal(span.SpanId, spans.Single("inner").ParentSpanId);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Exception_of_a_tool_is_the_error_of_its_span()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection = [Throwing("fail", () => new InvalidOperationException("No table."))]);

        await session.AskAsync(Modern("fail"));

        Activity span = spans.Single("tools/call fail");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("No table.", span.StatusDescription);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal("server_error", span.GetTagItem("mcp.monitoring.outcome"));
        Assert.Equal("internal", span.GetTagItem("mcp.monitoring.error_type"));
    }

    [Fact]
    public async Task Exception_that_fails_when_it_is_asked_ends_its_span_all_the_same()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection = [Throwing("fail", () => new SilentException())]);

        await session.AskAsync(Modern("fail"));

        Activity span = spans.Single("tools/call fail");
        Assert.Equal(typeof(SilentException).FullName, span.StatusDescription);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Answer_that_says_it_is_an_error_is_a_tool_error()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection = [Tool("closed", () => Answer("Closed.", isError: true))]);

        await session.AskAsync(Modern("closed"));

        Activity span = spans.Single("tools/call closed");
        Assert.Equal("tool_error", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
    }

    [Fact]
    public async Task Fault_of_the_caller_is_no_error_of_the_span()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection =
            [Throwing("picky", () => new McpProtocolException("Not so.", McpErrorCode.InvalidParams))]);

        await session.AskAsync(Modern("picky"));
        await session.AskAsync(Modern("no-such-tool-" + new string('x', 1000)));

        Activity picky = spans.Single("tools/call picky");
        Assert.Equal(ActivityStatusCode.Unset, picky.Status);
        Assert.Equal("-32602", picky.GetTagItem("rpc.response.status_code"));
        Assert.Null(picky.GetTagItem("error.type"));
        Activity unknown = spans.Single("tools/call");
        Assert.Equal("_unknown", unknown.GetTagItem("gen_ai.tool.name"));
    }

    [Fact]
    public async Task Resource_is_named_by_its_method_alone_and_has_its_address_as_an_attribute()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ResourceCollection = [Resource("item://{id}", (string id) => id)]);

        await session.AskAsync(Rpc.Modern("resources/read", "\"uri\":\"item://7\""));

        Activity span = spans.Single("resources/read");
        Assert.Equal("item://7", span.GetTagItem("mcp.resource.uri"));
        Assert.Equal("item://{id}", span.GetTagItem("mcp.monitoring.operation"));
    }

    [Fact]
    public async Task Prompt_is_named_by_method_and_name()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.PromptCollection = [Prompt("pack", () => "Pack.")]);

        await session.AskAsync(Rpc.Modern("prompts/get", "\"name\":\"pack\""));

        Assert.Equal("pack", spans.Single("prompts/get pack").GetTagItem("gen_ai.prompt.name"));
    }

    [Fact]
    public async Task Methods_without_a_primitive_have_spans_too()
    {
        using var spans = new SpanListener(_host.Services);
        Session session = _host.Start(options => options.ToolCollection = [Tool("add", (int a, int b) => a + b)]);

        await session.AskAsync(Rpc.Modern("tools/list"));

        // The answer is written inside the filter that ends the span.
        await _host.StopAsync();
        Assert.Equal("tools/list", spans.Single("tools/list").GetTagItem("mcp.method.name"));
    }

    [Fact]
    public async Task Nested_operation_is_a_child_named_by_itself()
    {
        using var spans = new SpanListener(_host.Services);
        IMcpMonitor monitor = _host.Services.GetRequiredService<IMcpMonitor>();
        Session session = _host.Start(options => options.ToolCollection = [Tool("outer", async () =>
        {
            await monitor.RunAsync(OperationType.Function, "inner", async _ => await Task.Yield(), CancellationToken.None);
            using (OperationScope after = monitor.Begin(OperationType.Function, "after"))
            {
                after.End(OperationOutcome.Success);
            }

            return "done";
        })]);

        await session.AskAsync(Modern("outer"));

        Activity outer = spans.Single("tools/call outer");
        Assert.Equal(outer.SpanId, spans.Single("inner").ParentSpanId);
        Assert.Equal(outer.SpanId, spans.Single("after").ParentSpanId);
        Assert.Equal(("function", ActivityKind.Internal), (spans.Single("inner").OperationName, spans.Single("inner").Kind));
    }

    [Fact]
    public async Task Tracer_makes_spans_inside_the_operation()
    {
        using var spans = new SpanListener(_host.Services);
        IMcpTracer tracer = _host.Services.GetRequiredService<IMcpTracer>();
        string? traceId = null;
        Session session = _host.Start(options => options.ToolCollection = [Tool("read", () =>
        {
            using McpSpan span = tracer.StartSpan("read the price list", ActivityKind.Client);
            span.SetTag("rows", 3);
            span.Fail(new TimeoutException("Too slow."));
            traceId = span.TraceId;
            return "done";
        })]);

        await session.AskAsync(Modern("read"));

        Activity made = spans.Single("read the price list");
        Assert.Equal(spans.Single("tools/call read").SpanId, made.ParentSpanId);
        Assert.Equal((ActivityKind.Client, 3, "System.TimeoutException"), (made.Kind, made.GetTagItem("rows"), made.GetTagItem("error.type")));
        Assert.Equal("Too slow.", made.StatusDescription);
        Assert.Equal(made.TraceId.ToHexString(), traceId);
    }

    [Fact]
    public void Tracer_costs_nothing_where_nobody_listens()
    {
        IMcpTracer tracer = _host.Services.GetRequiredService<IMcpTracer>();

        using McpSpan span = tracer.StartSpan("work");
        span.SetTag("a", 1);
        span.Fail(new TimeoutException());

        Assert.False(span.IsRecorded);
        Assert.Null(span.TraceId);
        Assert.Null(span.SpanId);
    }

    private sealed class SilentException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private static string[] Tags(Activity span) =>
        [.. span.TagObjects.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")).Order(StringComparer.Ordinal)];

    private Task<string> AskAsync(string tool, string line) =>
        _host.Start(options => options.ToolCollection = [Tool(tool, (int a, int b) => a + b)]).AskAsync(line);

    private static string Modern(string tool, string meta = "", string arguments = "{}") =>
        Rpc.Modern("tools/call", $"\"name\":{Rpc.Text(tool)},\"arguments\":{arguments}").Replace("\"_meta\":{", $"\"_meta\":{{{meta}{(meta.Length > 0 ? "," : "")}", StringComparison.Ordinal);
}
