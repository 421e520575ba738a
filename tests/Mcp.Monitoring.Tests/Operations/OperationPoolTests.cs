using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class OperationPoolTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Record_of_an_operation_that_has_ended_serves_the_next()
    {
        OperationRecord first = Open(OperationType.Tools, out int version);
        first.End(version, OperationOutcome.Success);

        Assert.Same(first, Open(OperationType.Tools, out _));
    }

    [Fact]
    public void Operations_in_progress_have_a_record_each()
    {
        OperationRecord[] records = [.. Enumerable.Range(0, 50).Select(_ => Open(OperationType.Tools, out int _))];

        Assert.Equal(50, records.Distinct().Count());
        Assert.Equal(50, _host.Sample("mcp_active_requests", ("operation_type", "tools")));
    }

    [Fact]
    public void Records_do_not_grow_beyond_what_was_in_progress_at_once()
    {
        var seen = new HashSet<OperationRecord>();
        for (int round = 0; round < 20; round++)
        {
            (OperationRecord Record, int Version)[] open = [.. Enumerable.Range(0, 10).Select(_ => (Open(OperationType.Tools, out int version), version))];
            foreach ((OperationRecord record, int version) in open)
            {
                seen.Add(record);
                record.End(version, OperationOutcome.Success);
            }
        }

        Assert.Equal(10, seen.Count);
    }

    [Fact]
    public void Ended_record_holds_nothing_of_its_request()
    {
        using var caller = new CancellationTokenSource();
        OperationRecord record = _host.Monitor.OpenRequest(_host.Operation(OperationType.Tools, "tool"), call: null, message: null, meta: null, caller.Token, out int version);
        record.Message = new object();
        record.HandlerException = new TimeoutException();
        record.StatusCode = "-32603";

        record.Fail(version, new TimeoutException());

        Assert.Null(record.Operation);
        Assert.Null(record.Context);
        Assert.Null(record.Message);
        Assert.Null(record.HandlerException);
        Assert.Null(record.StatusCode);
        Assert.Null(record.Exception);
        Assert.Null(record.ErrorType);
        Assert.Equal(CancellationToken.None, record.CallerToken);
    }

    [Fact]
    public void Age_is_that_of_the_oldest_operation_of_each_type()
    {
        OperationRecord oldest = Open(OperationType.Tools, out int version);
        Pass(10);
        Open(OperationType.Tools, out _);
        Open(OperationType.Prompts, out _);
        Pass(5);

        Assert.Equal(15, Age("tools"));
        Assert.Equal(5, Age("prompts"));
        Assert.Equal(0, Age("resources"));
        oldest.End(version, OperationOutcome.Success);
        Assert.Equal(5, Age("tools"));
    }

    [Fact]
    public void Age_is_without_waits()
    {
        OperationRecord record = Open(OperationType.Tools, out int version);
        Pass(2);
        record.BeginWait(version, _host.Monitor.Clock.Timestamp);
        Pass(600);
        Assert.Equal(2, Age("tools"));

        record.EndWait(version, _host.Monitor.Clock.Timestamp);
        Pass(3);

        Assert.Equal(5, Age("tools"));
    }

    [Fact]
    public void Age_is_nothing_when_nothing_is_in_progress()
    {
        OperationRecord record = Open(OperationType.Tools, out int version);
        Pass(10);
        record.End(version, OperationOutcome.Success);
        Pass(10);

        Assert.Equal(0, Age("tools"));
    }

    [Fact]
    public void Age_can_be_read_while_operations_come_and_go()
    {
        using var stop = new CancellationTokenSource();
        Thread[] callers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using OperationScope outer = _host.Monitor.Begin(OperationType.Tools, "tool");
                _host.Monitor.Begin(OperationType.Function, "query").End(OperationOutcome.Success);
                outer.End(OperationOutcome.Success);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());

        // The clock stands still: whatever is seen half open or half closed has no age.
        Span<long> ticks = stackalloc long[OperationLabels.Types.Count];
        for (int i = 0; i < 20_000; i++)
        {
            _host.Monitor.Pool.OldestByType(_host.Monitor.Clock.Timestamp, ticks);

            Assert.Equal(-1, ticks.IndexOfAnyExcept(0L));
        }

        stop.Cancel();
        Array.ForEach(callers, caller => caller.Join());
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    private OperationRecord Open(OperationType type, out int version) =>
        _host.Monitor.OpenRequest(_host.Operation(type, "tool"), call: null, message: null, meta: null, CancellationToken.None, out version);

    private void Pass(int seconds) => _host.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private double Age(string type) => _host.Sample("mcp_active_request_age_seconds", ("operation_type", type));
}
