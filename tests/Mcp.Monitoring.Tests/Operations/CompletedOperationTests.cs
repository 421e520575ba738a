using System.Diagnostics;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class CompletedOperationTests : IDisposable
{
    private readonly List<Seen> _seen = [];
    private readonly TestHost _host;

    public CompletedOperationTests() => _host = new TestHost(add: services =>
        services.AddSingleton<IOperationObserver>(new Observer(onCompleted: (in CompletedOperation operation) => _seen.Add(new Seen(
            operation.Outcome, operation.ErrorType, operation.Exception, operation.Duration, operation.Wait,
            operation.CorrelationId, operation.TraceId, operation.Method, operation.ProtocolVersion, operation.Client)))));

    public static TheoryData<OperationOutcome, ErrorType?> OutcomesWithoutException => new()
    {
        { OperationOutcome.Success, null },
        { OperationOutcome.ToolError, ErrorType.Internal },
        { OperationOutcome.ClientError, ErrorType.Validation },
        { OperationOutcome.ServerError, ErrorType.Internal },
        { OperationOutcome.Cancelled, null },
        { OperationOutcome.InputRequired, null },
    };

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(OutcomesWithoutException))]
    public void Error_type_is_there_exactly_for_error_outcomes(OperationOutcome outcome, ErrorType? type)
    {
        _host.Monitor.Begin(OperationType.Function, "f").End(outcome);

        Seen seen = Assert.Single(_seen);
        Assert.Equal(outcome, seen.Outcome);
        Assert.Equal(type, seen.ErrorType);
        Assert.Null(seen.Exception);
    }

    [Fact]
    public void Exception_is_the_one_that_was_thrown_with_its_wrappers()
    {
        var wrapper = new AggregateException(new TimeoutException());

        _host.Monitor.Begin(OperationType.Function, "f").Fail(wrapper);

        Seen seen = Assert.Single(_seen);
        Assert.Equal(OperationOutcome.ServerError, seen.Outcome);
        Assert.Equal(ErrorType.Timeout, seen.ErrorType);
        Assert.Same(wrapper, seen.Exception);
    }

    [Fact]
    public async Task Cancelled_operation_has_an_exception_but_no_error_type()
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Monitor.RunAsync(
            OperationType.Function, "f", token => ValueTask.FromCanceled(token), caller.Token).AsTask());

        Seen seen = Assert.Single(_seen);
        Assert.Equal(OperationOutcome.Cancelled, seen.Outcome);
        Assert.Null(seen.ErrorType);
        Assert.IsType<OperationCanceledException>(seen.Exception, exactMatch: false);
    }

    [Fact]
    public void Overlapping_waits_are_counted_once_and_taken_off_the_duration()
    {
        OperationRecord record = Open(meta: null, out int version);
        Pass(100);
        record.BeginWait(version, Now);
        Pass(1_000);
        record.BeginWait(version, Now);
        Pass(1_000);
        record.EndWait(version, Now);
        Pass(1_000);
        record.EndWait(version, Now);
        Pass(100);
        record.End(version, OperationOutcome.Success);

        Seen seen = Assert.Single(_seen);
        Assert.Equal(TimeSpan.FromMilliseconds(200), seen.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(3_000), seen.Wait);
        Assert.Equal(3, _host.Sum("mcp_operation_wait_seconds_sum", ("operation", "tool")));
        Assert.Equal(0.2, _host.Sum("mcp_operation_duration_seconds_sum", ("operation", "tool")));
    }

    [Fact]
    public void Wait_that_is_open_at_the_end_is_over_with_it()
    {
        OperationRecord record = Open(meta: null, out int version);
        Pass(100);
        record.BeginWait(version, Now);
        Pass(5_000);
        record.End(version, OperationOutcome.InputRequired);
        record.EndWait(version, Now);

        Seen seen = Assert.Single(_seen);
        Assert.Equal(TimeSpan.FromMilliseconds(100), seen.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(5_000), seen.Wait);
        Assert.Equal(1, _host.Sum("mcp_operation_wait_seconds_count", ("operation", "tool")));
    }

    [Fact]
    public void Wait_of_an_operation_that_has_ended_is_not_one_of_the_next()
    {
        OperationRecord first = Open(meta: null, out int stale);
        first.End(stale, OperationOutcome.Success);
        OperationContext.LeaveEnded();
        OperationRecord record = Open(meta: null, out int version);
        Assert.Same(first, record);

        first.BeginWait(stale, Now);
        Pass(100);
        record.End(version, OperationOutcome.Success);

        Assert.Equal(TimeSpan.FromMilliseconds(100), _seen[1].Duration);
        Assert.Equal(TimeSpan.Zero, _seen[1].Wait);
    }

    [Fact]
    public void Trace_is_the_callers()
    {
        OperationRecord record = Open(new JsonObject { ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }, out int version);
        record.End(version, OperationOutcome.Success);

        Seen seen = Assert.Single(_seen);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", seen.TraceId);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", seen.CorrelationId);
    }

    [Fact]
    public void Without_a_trace_there_is_still_a_correlation_id()
    {
        Activity.Current = null;

        _host.Monitor.Begin(OperationType.Function, "f").End(OperationOutcome.Success);

        Seen seen = Assert.Single(_seen);
        Assert.Null(seen.TraceId);
        Assert.Equal(32, seen.CorrelationId.Length);
    }

    [Fact]
    public void What_the_door_knows_of_the_request_is_handed_on_and_forgotten_with_it()
    {
        OperationRecord record = Open(meta: null, out int version);
        record.Call = new Call { Method = "tools/call", ProtocolVersion = "2026-07-28", Client = "claude", Transport = "http", Session = "stateless", };
        record.End(version, OperationOutcome.Success);
        OperationContext.LeaveEnded();
        _host.Monitor.Begin(OperationType.Function, "f").End(OperationOutcome.Success);

        Assert.Equal(("tools/call", "2026-07-28", "claude"), (_seen[0].Method, _seen[0].ProtocolVersion, _seen[0].Client));
        Assert.Equal((null, null, null), (_seen[1].Method, _seen[1].ProtocolVersion, _seen[1].Client));
    }

    [Fact]
    public void Failure_of_an_operation_is_forgotten_when_its_record_is_used_again()
    {
        _host.Monitor.Begin(OperationType.Function, "f").Fail(new TimeoutException());
        _host.Monitor.Begin(OperationType.Function, "f").End(OperationOutcome.Success);

        Assert.Null(_seen[1].ErrorType);
        Assert.Null(_seen[1].Exception);
    }

    private long Now => _host.Monitor.Clock.Timestamp;

    private OperationRecord Open(JsonObject? meta, out int version) =>
        _host.Monitor.OpenRequest(_host.Operation(OperationType.Tools, "tool"), call: null, message: null, meta, CancellationToken.None, out version);

    private void Pass(int milliseconds) => _host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private sealed class Call : ProtocolCall
    {
        public override void Count(OperationOutcome outcome)
        {
        }

        public override RequestDetails DetailsOf(object message) => throw new NotSupportedException();
    }

    private sealed record Seen(
        OperationOutcome Outcome, ErrorType? ErrorType, Exception? Exception, TimeSpan Duration, TimeSpan Wait,
        string CorrelationId, string? TraceId, string? Method, string? ProtocolVersion, string? Client);
}
