using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class OperationScopeTests : IDisposable
{
    private readonly TestHost _host = new();

    public static TheoryData<OperationOutcome> Outcomes => [.. Enum.GetValues<OperationOutcome>()];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Scope_counts_the_outcome_that_ended_it(OperationOutcome outcome)
    {
        _host.Monitor.Begin(OperationType.Function, "f").End(outcome);

        foreach (OperationOutcome other in Enum.GetValues<OperationOutcome>())
        {
            Assert.Equal(other == outcome ? 1 : 0, Ended(other));
        }

        Assert.Equal(outcome.IsError() ? 1 : 0, Errors);
    }

    [Fact]
    public void Every_type_of_operation_is_counted_under_its_label()
    {
        foreach (OperationType type in Enum.GetValues<OperationType>())
        {
            _host.Monitor.Begin(type, "f").End(OperationOutcome.Success);

            Assert.Equal(1, _host.Sample("mcp_operations_total", ("operation_type", type.Label()), ("operation", "f"), ("outcome", "success")));
        }
    }

    [Fact]
    public void Scope_that_is_disposed_without_an_outcome_is_a_failure_of_the_server()
    {
        using (_host.Monitor.Begin(OperationType.Function, "f"))
        {
        }

        Assert.Equal(1, Ended(OperationOutcome.ServerError));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "internal"), ("outcome", "server_error"), ("operation", "f")));
    }

    [Fact]
    public void Scope_that_has_an_outcome_is_not_ended_again_by_its_disposal()
    {
        using (OperationScope scope = _host.Monitor.Begin(OperationType.Function, "f"))
        {
            scope.End(OperationOutcome.Success);
        }

        Assert.Equal(1, EndedInAll);
        Assert.Equal(0, Errors);
    }

    [Fact]
    public void Copy_of_a_scope_that_has_ended_does_nothing()
    {
        OperationScope scope = _host.Monitor.Begin(OperationType.Function, "f");
        OperationScope copy = scope;
        scope.End(OperationOutcome.Success);

        copy.End(OperationOutcome.ToolError);
        copy.Fail(new InvalidOperationException());
        copy.Dispose();

        Assert.Equal(1, EndedInAll);
        Assert.Equal(0, Errors);
    }

    [Fact]
    public void Scope_whose_record_serves_another_operation_does_not_end_that_one()
    {
        OperationScope stale = _host.Monitor.Begin(OperationType.Function, "f");
        stale.End(OperationOutcome.Success);
        OperationScope next = _host.Monitor.Begin(OperationType.Function, "g");

        stale.End(OperationOutcome.ServerError);

        Assert.Equal(0, Errors);
        Assert.Equal(1, _host.Sample("mcp_active_requests", ("operation_type", "function")));
        next.End(OperationOutcome.Success);
        Assert.Equal(1, _host.Sample("mcp_operations_total", ("operation_type", "function"), ("operation", "g"), ("outcome", "success")));
    }

    [Fact]
    public void Scope_that_two_threads_end_at_once_ends_once()
    {
        const int Rounds = 20_000;
        var scopes = new OperationScope[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            scopes[round] = _host.Monitor.Begin(OperationType.Function, "f");
            OperationContext.Current = null;
        }

        // They meet before each scope without a lock. A lock would let one of them go first.
        int arrived = 0;
        Thread[] threads = [new(() => EndAll(OperationOutcome.Success)), new(() => EndAll(OperationOutcome.ServerError))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(Rounds, EndedInAll);
        Assert.Equal(Ended(OperationOutcome.ServerError), Errors);
        Assert.Equal(0, _host.Sample("mcp_active_requests", ("operation_type", "function")));

        void EndAll(OperationOutcome outcome)
        {
            for (int round = 0; round < Rounds; round++)
            {
                Interlocked.Increment(ref arrived);
                for (int spins = 1; Volatile.Read(ref arrived) < 2 * (round + 1); spins++)
                {
                    if (spins % 1_000 == 0)
                    {
                        Thread.Yield();
                    }
                }

                scopes[round].End(outcome);
            }
        }
    }

    [Fact]
    public void Default_scope_does_nothing()
    {
        OperationScope scope = default;

        scope.End(OperationOutcome.ServerError);
        scope.Fail(new InvalidOperationException());
        scope.Dispose();

        Assert.Equal(0, _host.Sum("mcp_operations_total"));
        Assert.Equal(0, Errors);
    }

    [Fact]
    public void Scope_cannot_fail_without_an_exception()
    {
        using OperationScope scope = _host.Monitor.Begin(OperationType.Function, "f");

        Assert.Throws<ArgumentNullException>(() => scope.Fail(null!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Operation_must_have_a_name(string? name)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.ThrowsAny<ArgumentException>(() => _host.Monitor.Begin(OperationType.Function, name!));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _host.Monitor.RunAsync(OperationType.Function, name!, _ => default, token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await _host.Monitor.RunAsync(OperationType.Function, name!, _ => new ValueTask<int>(1), token));
        Assert.ThrowsAny<ArgumentException>(() => _host.Monitor.RecordError(ErrorType.Internal, name!));
        Assert.ThrowsAny<ArgumentException>(() => _host.Monitor.RecordError(ErrorType.Internal, name!, new InvalidOperationException()));
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Theory]
    [InlineData(OperationOutcome.Success, "success")]
    [InlineData(OperationOutcome.ServerError, "error")]
    [InlineData(OperationOutcome.ToolError, "error")]
    [InlineData(OperationOutcome.ClientError, null)]
    [InlineData(OperationOutcome.Cancelled, null)]
    [InlineData(OperationOutcome.InputRequired, null)]
    public void Outcome_has_a_duration_only_if_it_tells_how_fast_the_server_works(OperationOutcome outcome, string? status)
    {
        OperationScope scope = _host.Monitor.Begin(OperationType.Function, "f");
        _host.Clock.Advance(TimeSpan.FromMilliseconds(250));
        scope.End(outcome);

        Assert.Equal(status is null ? 0 : 0.25, _host.Sum("mcp_operation_duration_seconds_sum"));
        foreach (string each in new[] { "success", "error" })
        {
            Assert.Equal(each == status ? 1 : 0, _host.Sum("mcp_operation_duration_seconds_count", ("operation", "f"), ("status", each)));
        }
    }

    private double Errors => _host.Sum("mcp_errors_total");

    private double EndedInAll => _host.Sum("mcp_operations_total", ("operation", "f"));

    private double Ended(OperationOutcome outcome) =>
        _host.Sum("mcp_operations_total", ("operation", "f"), ("outcome", outcome.Label()));
}
