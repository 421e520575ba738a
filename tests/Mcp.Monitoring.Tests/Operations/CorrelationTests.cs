using System.Diagnostics;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class CorrelationTests : IDisposable
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Outside_an_operation_there_is_no_id() => Assert.Null(_host.Monitor.CorrelationId);

    [Fact]
    public void Id_is_the_trace_id_that_the_caller_sent()
    {
        using Activity activity = Start(ActivityIdFormat.W3C);

        Assert.Equal(TraceId, IdOf(new JsonObject { ["traceparent"] = $"00-{TraceId}-00f067aa0ba902b7-01" }));
    }

    [Fact]
    public void Without_one_of_the_caller_it_is_that_of_the_activity()
    {
        using Activity activity = Start(ActivityIdFormat.W3C);

        Assert.Equal(activity.TraceId.ToHexString(), IdOf(meta: null));
        Assert.Equal(activity.TraceId.ToHexString(), IdOf([]));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"not a traceparent\"")]
    [InlineData("\"00-00000000000000000000000000000000-00f067aa0ba902b7-01\"")]
    [InlineData("\"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01\"")]
    [InlineData("\"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01\"")]
    [InlineData("\"00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01\"")]
    [InlineData("\"<script>\"")]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("[\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"]")]
    public void Invalid_traceparent_is_ignored(string json)
    {
        using Activity activity = Start(ActivityIdFormat.W3C);

        Assert.Equal(activity.TraceId.ToHexString(), IdOf(new JsonObject { ["traceparent"] = JsonNode.Parse(json) }));
    }

    [Fact]
    public void Name_that_stands_twice_in_what_the_caller_sent_breaks_nothing()
    {
        using Activity activity = Start(ActivityIdFormat.W3C);
        var twice = (JsonObject)JsonNode.Parse($$"""{"traceparent":"00-{{TraceId}}-00f067aa0ba902b7-01","a":1,"a":2}""")!;

        Assert.Equal(activity.TraceId.ToHexString(), IdOf(twice));
    }

    [Fact]
    public void Without_any_trace_it_is_new_for_each_request_and_the_same_within_one()
    {
        Activity.Current = null;
        OperationScope first = _host.Monitor.Begin(OperationType.Function, "f");
        string? id = _host.Monitor.CorrelationId;
        OperationScope nested = _host.Monitor.Begin(OperationType.Function, "g");
        string? nestedId = _host.Monitor.CorrelationId;
        nested.End(OperationOutcome.Success);
        first.End(OperationOutcome.Success);

        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, nestedId, StringComparer.Ordinal);
        Assert.NotEqual(id, IdOf(meta: null), StringComparer.Ordinal);
    }

    [Fact]
    public void Activity_with_an_id_of_another_format_gives_none()
    {
        using Activity activity = Start(ActivityIdFormat.Hierarchical);

        Assert.Matches("^[0-9a-f]{32}$", IdOf(meta: null));
    }

    [Fact]
    public async Task Id_is_the_same_for_all_threads_that_ask_for_it_first()
    {
        Activity.Current = null;
        for (int round = 0; round < 100; round++)
        {
            OperationScope scope = _host.Monitor.Begin(OperationType.Function, "f");
            string?[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _host.Monitor.CorrelationId)));
            scope.End(OperationOutcome.Success);

            Assert.Single(ids.Distinct(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Work_that_the_request_left_behind_still_knows_it()
    {
        var released = new TaskCompletionSource();
        Task<string?> left = Task.FromResult<string?>(null);
        string? inside = null;
        await _host.Monitor.RunAsync(
            OperationType.Function,
            "f",
            _ =>
            {
                inside = _host.Monitor.CorrelationId;
                left = LeftBehindAsync();
                return default;
            },
            TestContext.Current.CancellationToken);
        _host.Monitor.Begin(OperationType.Function, "next").End(OperationOutcome.Success);

        released.SetResult();

        Assert.Equal(inside, await left, StringComparer.Ordinal);

        async Task<string?> LeftBehindAsync()
        {
            await released.Task;
            return _host.Monitor.CorrelationId;
        }
    }

    [Fact]
    public async Task Work_that_the_request_left_behind_still_knows_it_after_a_scope_of_its_own()
    {
        var released = new TaskCompletionSource();
        Task<string?> left = Task.FromResult<string?>(null);
        string? inside = null;
        await _host.Monitor.RunAsync(
            OperationType.Function,
            "f",
            _ =>
            {
                inside = _host.Monitor.CorrelationId;
                left = LeftBehindAsync();
                return default;
            },
            TestContext.Current.CancellationToken);

        released.SetResult();

        Assert.Equal(inside, await left, StringComparer.Ordinal);

        async Task<string?> LeftBehindAsync()
        {
            OperationScope opened = _host.Monitor.Begin(OperationType.Function, "query");
            await released.Task;
            opened.End(OperationOutcome.Success);
            return _host.Monitor.CorrelationId;
        }
    }

    [Fact]
    public void Scope_that_has_ended_on_another_thread_does_not_enclose_what_follows()
    {
        Activity.Current = null;
        OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "tool");
        string? first = _host.Monitor.CorrelationId;
        var thread = new Thread(() => scope.End(OperationOutcome.Success));
        thread.Start();
        thread.Join();

        OperationScope next = _host.Monitor.Begin(OperationType.Function, "f");

        Assert.NotEqual(first, _host.Monitor.CorrelationId, StringComparer.Ordinal);
        next.Fail(new TimeoutException());
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "f")));
    }

    private static Activity Start(ActivityIdFormat format)
    {
        Activity.Current = null;
        return new Activity("request").SetIdFormat(format).Start();
    }

    private string? IdOf(JsonObject? meta)
    {
        OperationRecord record = _host.Monitor.OpenRequest(_host.Operation(OperationType.Tools, "tool"), call: null, message: null, meta, CancellationToken.None, out int version);
        string? id = _host.Monitor.CorrelationId;
        record.End(version, OperationOutcome.Success);
        OperationContext.LeaveEnded();
        return id;
    }
}
