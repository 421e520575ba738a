using System.Diagnostics;
using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Performance;

[CollectionDefinition(nameof(TransactionTests), DisableParallelization = true)]
[Collection(nameof(TransactionTests))]
public sealed class TransactionTests : IDisposable
{
    private readonly SentryHost _host = new(options => options.TracesSampleRate = 1);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Operation_is_a_transaction_with_what_is_inside_it()
    {
        OperationRecord record = _host.Open("get_weather", out int version);
        ActivityTraceId trace = record.Span!.TraceId;
        string rootSpan = record.Span.SpanId.ToHexString();
        _host.Monitor.Begin(OperationType.Function, "read").End(OperationOutcome.Success);
        using (var http = new ActivitySource("System.Net.Http"))
        using (Activity? call = http.StartActivity("System.Net.Http.HttpRequestOut", ActivityKind.Client))
        {
            call!.SetTag("http.request.method", "GET").SetTag("url.full", "https://api.example.com/weather?*").SetTag("http.response.status_code", 503);
        }

        using (var database = new ActivitySource("Npgsql"))
        {
            database.StartActivity("postgres", ActivityKind.Client)!.SetTag("db.query.text", "SELECT 1").Dispose();
        }

        record.End(version, OperationOutcome.Success);

        FinishedTransaction sent = Assert.Single(_host.Outbox.Transactions);
        Assert.Equal(("tools/call get_weather", trace.ToHexString()), (sent.Name, sent.TraceId));
        Assert.Equal(("mcp.server", SpanStatus.Ok, rootSpan), (sent.Root.Op, sent.Root.Status, sent.Root.SpanId));
        Assert.Equal(
            [
                ("function", "read", SpanStatus.Ok, rootSpan),
                ("http.client", "GET https://api.example.com/weather?*", SpanStatus.Unavailable, rootSpan),
                ("db", "SELECT 1", SpanStatus.Ok, rootSpan),
            ],
            sent.Spans.Select(span => (span.Op, span.Description, span.Status!.Value, span.ParentSpanId!)));
        Assert.NotNull(sent.Release);
    }

    [Fact]
    public void Attributes_have_the_names_of_both_conventions()
    {
        OperationRecord record = _host.Open("get_weather", out int version);
        record.End(version, OperationOutcome.Success);

        Dictionary<string, object?> data = Assert.Single(_host.Outbox.Transactions).Root.Data.ToDictionary(StringComparer.Ordinal);
        Assert.Equal(("get_weather", "get_weather"), (data["gen_ai.tool.name"], data["mcp.tool.name"]));
        Assert.Equal(("7", "7"), (data["jsonrpc.request.id"], data["mcp.request.id"]));
        Assert.Equal(("tcp", "tcp"), (data["network.transport"], data["mcp.transport"]));
        Assert.Equal("tools/call", data["mcp.method.name"]);
    }

    [Fact]
    public void Span_is_not_recorded_for_others()
    {
        OperationRecord record = _host.Open("tool", out int version);
        Activity span = record.Span!;
        record.Fail(version, new InvalidOperationException());

        Assert.True(span.IsAllDataRequested);
        Assert.False(span.Recorded);
    }

    [Fact]
    public void Event_of_an_operation_is_in_its_span()
    {
        OperationRecord record = _host.Open("tool", out int version);
        record.Fail(version, new TimeoutException());

        SentryEvent sent = Assert.Single(_host.Sent());
        FinishedTransaction transaction = Assert.Single(_host.Outbox.Transactions);
        Assert.Equal((transaction.TraceId, transaction.Root.SpanId), (sent.TraceId, sent.SpanId));
        Assert.Equal(SpanStatus.DeadlineExceeded, transaction.Root.Status);
        Assert.Equal(new TraceSampling(1, IsSampled: true), Assert.Single(_host.Outbox.Captured).Sampling);
    }

    [Fact]
    public void Transaction_has_what_was_said_in_it()
    {
        OperationRecord record = _host.Open("tool", out int version);
        _host.Hub.ConfigureScope(scope => scope.SetTag("tenant", "7"));
        _host.Hub.AddBreadcrumb(new Breadcrumb("read", "default"));
        record.End(version, OperationOutcome.Success);

        FinishedTransaction sent = Assert.Single(_host.Outbox.Transactions);
        Assert.Contains(new("tenant", "7"), sent.Root.Tags);
        Assert.Equal("read", Assert.Single(sent.Breadcrumbs).Message);
    }

    [Fact]
    public void Nothing_is_listened_to_at_0()
    {
        using var host = new SentryHost();
        _host.Dispose();

        OperationRecord record = host.Open("tool", out int version);

        Assert.Null(record.Span);
        record.End(version, OperationOutcome.Success);
        Assert.Empty(host.Outbox.Transactions);
    }

    [Fact]
    public void Share_of_the_traces_is_chosen_by_their_ids()
    {
        using var host = new SentryHost(options => options.TracesSampleRate = 0.5);
        _host.Dispose();
        for (int i = 0; i < 1_000; i++)
        {
            OperationRecord record = host.Open("tool", out int version);
            record.End(version, OperationOutcome.Success);
            OperationContext.Current = null;
        }

        Assert.InRange(host.Outbox.Transactions.Count, 350, 650);
    }

    [Fact]
    public void Spans_beyond_500_are_counted()
    {
        OperationRecord record = _host.Open("tool", out int version);
        for (int i = 0; i < 600; i++)
        {
            _host.Monitor.Begin(OperationType.Function, "step").End(OperationOutcome.Success);
        }

        record.End(version, OperationOutcome.Success);

        Assert.Equal(500, Assert.Single(_host.Outbox.Transactions).Spans.Count);
        Assert.Equal(100, _host.Outbox.Dropped(DiscardReason.QueueOverflow, DataCategory.Span));
    }

    [Fact]
    public void Work_of_the_hosts_own_is_a_transaction_with_children()
    {
        ISentrySpan transaction = _host.Hub.StartTransaction("nightly import", "task");
        ISentrySpan child = transaction.StartChild("db.query", "SELECT 2");
        child.SetData("rows", 3);
        child.Status = SpanStatus.NotFound;
        child.Finish();
        child.Finish();
        transaction.SetTag("size", "big");
        transaction.Dispose();

        FinishedTransaction sent = Assert.Single(_host.Outbox.Transactions);
        Assert.Equal(("nightly import", "task", SpanStatus.Ok), (sent.Name, sent.Root.Op, sent.Root.Status));
        Assert.Contains(new("size", "big"), sent.Root.Data);
        SpanData inside = Assert.Single(sent.Spans);
        Assert.Equal(("db.query", "SELECT 2", SpanStatus.NotFound), (inside.Op, inside.Description, inside.Status));
        Assert.Contains(new("rows", 3), inside.Data);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Call_that_no_operation_is_around_is_left_alone()
    {
        using var http = new ActivitySource("System.Net.Http");

        Assert.Null(http.StartActivity("System.Net.Http.HttpRequestOut"));
        Assert.Empty(_host.Outbox.Transactions);
    }

    [Fact]
    public void Operation_of_another_host_is_not_sent()
    {
        using var other = new SentryHost();

        OperationRecord record = other.Open("tool", out int version);
        record.End(version, OperationOutcome.Success);

        Assert.Empty(_host.Outbox.Transactions);
    }

    [Fact]
    public void Operation_that_is_not_sampled_for_other_receivers_is_a_transaction_all_the_same()
    {
        _host.Dispose();
        using var host = new SentryHost(options => options.TracesSampleRate = 1, add: services => services.AddMcpMonitoring(options =>
        {
            options.Otel.OtlpEndpoint = "http://localhost:4317";
            options.Otel.TracesSampleRate = 0;
        }));

        OperationRecord record = host.Open("tool", out int version);
        bool isRecorded = record.Span!.Recorded;
        record.End(version, OperationOutcome.Success);

        Assert.False(isRecorded);
        Assert.Single(host.Outbox.Transactions);
    }
}
