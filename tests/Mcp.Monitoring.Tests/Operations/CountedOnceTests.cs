namespace Mcp.Monitoring.Tests.Operations;

/// <summary>One failure is one error, whatever way its exception takes through the scopes of a request.</summary>
public sealed class CountedOnceTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Exception_that_crosses_nested_scopes_counts_once_under_the_labels_of_the_root()
    {
        await FailsAsync(() => Run("tool", () => Run("service", () => Run("query", () => throw new TimeoutException()))));

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sample(
            "mcp_errors_total",
            ("error_type", "timeout"), ("outcome", "server_error"), ("operation_type", "function"), ("operation", "tool"), ("dependency", "none")));
        Assert.Equal(3, _host.Sum("mcp_operations_total", ("outcome", "server_error")));
    }

    [Fact]
    public async Task Exception_that_is_wrapped_on_the_way_counts_once_with_the_meaning_it_had_where_it_left_the_first_scope()
    {
        await FailsAsync(() => Run("tool", async () =>
        {
            try
            {
                await Run("query", () => throw new TimeoutException());
            }
            catch (TimeoutException cause)
            {
                throw new McpIntegrationException("wrapped", new InvalidOperationException("and again", cause));
            }
        }));

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", "tool")));
    }

    [Fact]
    public async Task Exception_that_is_recorded_by_hand_and_thrown_on_counts_once()
    {
        await FailsAsync(() => Run("tool", () =>
        {
            var exception = new TimeoutException();
            _host.Monitor.RecordError(ErrorType.Integration, "cache", exception);
            throw exception;
        }));

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "integration"), ("operation", "tool")));
    }

    [Fact]
    public async Task Exception_that_is_recorded_by_hand_and_thrown_on_wrapped_counts_once()
    {
        await FailsAsync(() => Run("tool", () =>
        {
            var exception = new TimeoutException();
            _host.Monitor.RecordError(ErrorType.Integration, "cache", exception);
            throw new InvalidOperationException("wrapped", exception);
        }));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Cause_that_is_thrown_on_after_its_wrapper_was_recorded_counts_once()
    {
        await FailsAsync(() => Run("tool", () =>
        {
            var cause = new TimeoutException();
            _host.Monitor.RecordError(ErrorType.Integration, "cache", new InvalidOperationException("wrapped", new InvalidOperationException("twice", cause)));
            throw cause;
        }));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Two_wrappers_of_one_cause_count_once()
    {
        await FailsAsync(() => Run("tool", () =>
        {
            var cause = new TimeoutException();
            _host.Monitor.RecordError(ErrorType.Integration, "cache", new InvalidOperationException("for the record", cause));
            throw new McpIntegrationException("for the caller", cause);
        }));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Exception_that_is_recorded_twice_counts_once()
    {
        await Run("tool", () =>
        {
            var exception = new TimeoutException();
            _host.Monitor.RecordError(ErrorType.Integration, "cache", exception);
            _host.Monitor.RecordError(ErrorType.Timeout, "cache", exception);
            return default;
        });

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Exceptions_that_come_back_together_count_once_each()
    {
        await FailsAsync(() => Run("tool", async () =>
        {
            Task all = Task.WhenAll(
                Run("a", () => ValueTask.FromException(new TimeoutException())).AsTask(),
                Run("b", () => ValueTask.FromException(new DatabaseException())).AsTask());
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw all.Exception!;
        }));

        Assert.Equal(2, Errors);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", "tool")));
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "integration"), ("operation", "tool")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Several_exceptions_one_of_which_was_recorded_in_a_wrapper_count_once(int recorded)
    {
        await FailsAsync(() => Run("tool", () =>
        {
            Exception[] causes = [new TimeoutException(), new DatabaseException()];
            _host.Monitor.RecordError(ErrorType.Integration, "cache", new InvalidOperationException("wrapped", causes[recorded]));
            throw new AggregateException(causes);
        }));

        Assert.Equal(1, Errors);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Any_of_several_exceptions_that_is_thrown_on_after_they_were_recorded_together_counts_no_more(int thrownOn)
    {
        await FailsAsync(() => Run("tool", () =>
        {
            Exception[] causes = [new TimeoutException(), new DatabaseException()];
            _host.Monitor.RecordError(ErrorType.Integration, "cache", new AggregateException(causes));
            throw causes[thrownOn];
        }));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Two_different_exceptions_of_one_request_count_twice()
    {
        await FailsAsync(() => Run("tool", async () =>
        {
            try
            {
                await Run("query", () => throw new TimeoutException());
            }
            catch (TimeoutException)
            {
                throw new DatabaseException();
            }
        }));

        Assert.Equal(2, Errors);
    }

    [Fact]
    public async Task Same_exception_object_in_two_requests_counts_twice()
    {
        var cached = new TimeoutException();

        await FailsAsync(() => Run("tool", () => throw cached));
        await FailsAsync(() => Run("tool", () => throw cached));

        Assert.Equal(2, Errors);
    }

    [Fact]
    public async Task Exception_that_a_nested_scope_reports_and_the_root_survives_counts_once()
    {
        await Run("tool", async () =>
        {
            try
            {
                await Run("query", () => throw new TimeoutException());
            }
            catch (TimeoutException)
            {
                // The tool answers from its cache.
            }
        });

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sum("mcp_operations_total", ("operation", "tool"), ("outcome", "success")));
    }

    [Fact]
    public void Error_answer_after_a_recorded_error_is_its_echo_and_counts_no_more()
    {
        OperationScope scope = _host.Monitor.Begin(OperationType.Tools, "tool");
        _host.Monitor.RecordError(ErrorType.Integration, "cache");
        scope.End(OperationOutcome.ToolError);

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "integration"), ("outcome", "server_error"), ("operation", "tool")));
    }

    [Fact]
    public void Error_answer_before_which_only_another_scope_has_recorded_an_error_counts_itself()
    {
        OperationScope root = _host.Monitor.Begin(OperationType.Tools, "tool");
        _host.Monitor.RecordError(ErrorType.Integration, "cache");
        OperationScope nested = _host.Monitor.Begin(OperationType.Function, "query");
        nested.End(OperationOutcome.ServerError);
        root.End(OperationOutcome.Success);

        Assert.Equal(2, Errors);
    }

    [Fact]
    public void Scope_that_fails_inside_one_that_answers_with_an_error_counts_once()
    {
        OperationScope root = _host.Monitor.Begin(OperationType.Tools, "tool");
        _host.Monitor.Begin(OperationType.Function, "query").Dispose();
        root.End(OperationOutcome.ToolError);

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Nested_scope_that_is_disposed_while_an_exception_passes_counts_it_once()
    {
        await FailsAsync(() => Run("tool", () =>
        {
            using OperationScope nested = _host.Monitor.Begin(OperationType.Function, "query");
            throw new TimeoutException();
        }));

        Assert.Equal(1, Errors);
        Assert.Equal(0, _host.Sum("mcp_active_requests"));
    }

    [Fact]
    public async Task Nested_scope_that_is_disposed_while_an_exception_passes_an_async_tool_counts_it_once()
    {
        await FailsAsync(() => Run("tool", async () =>
        {
            await Task.Yield();
            using OperationScope nested = _host.Monitor.Begin(OperationType.Function, "query");
            throw new TimeoutException();
        }));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Nested_scope_that_is_disposed_without_an_outcome_counts_an_error_if_no_exception_ends_the_request()
    {
        await Run("tool", () =>
        {
            _host.Monitor.Begin(OperationType.Function, "query").Dispose();
            return default;
        });

        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "internal"), ("outcome", "server_error"), ("operation", "tool")));
        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Nested_scope_that_is_disposed_while_a_cancellation_passes_counts_no_error()
    {
        using var caller = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Monitor.RunAsync(
            OperationType.Function,
            "tool",
            async token =>
            {
                using OperationScope nested = _host.Monitor.Begin(OperationType.Function, "query");
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            caller.Token).AsTask());

        Assert.Equal(0, Errors);
    }

    [Fact]
    public async Task Nested_scope_that_is_disposed_while_a_cancellation_passes_a_synchronous_tool_counts_no_error()
    {
        using var caller = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Monitor.RunAsync(
            OperationType.Function,
            "tool",
            token =>
            {
                using OperationScope nested = _host.Monitor.Begin(OperationType.Function, "query");
                caller.Cancel();
                token.ThrowIfCancellationRequested();
                return default;
            },
            caller.Token).AsTask());

        Assert.Equal(0, Errors);
    }

    [Fact]
    public async Task Error_of_work_that_the_request_left_behind_counts_under_its_own_labels()
    {
        var released = new TaskCompletionSource();
        Task left = Task.CompletedTask;
        await Run("tool", () =>
        {
            left = Run("cleanup", async () =>
            {
                await released.Task;
                throw new TimeoutException();
            }).AsTask();
            return default;
        });

        released.SetResult();
        await Assert.ThrowsAsync<TimeoutException>(() => left);

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("operation", "cleanup")));
    }

    [Fact]
    public async Task Very_long_chain_of_causes_counts_once()
    {
        Exception chain = new TimeoutException();
        for (int i = 0; i < 10_000; i++)
        {
            chain = new InvalidOperationException("wrapped", chain);
        }

        await FailsAsync(() => Run("tool", () =>
        {
            _host.Monitor.RecordError(ErrorType.Internal, "x", new DatabaseException());
            throw chain;
        }));

        Assert.Equal(2, Errors);
    }

    [Fact]
    public async Task Every_error_of_a_request_with_very_many_counts()
    {
        await Run("tool", () =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                _host.Monitor.RecordError(ErrorType.Internal, "x", new InvalidOperationException());
            }

            return default;
        });

        Assert.Equal(1_000, Errors);
    }

    private double Errors => _host.Sum("mcp_errors_total");

    private static async Task FailsAsync(Func<ValueTask> work) => await Assert.ThrowsAnyAsync<Exception>(() => work().AsTask());

    private ValueTask Run(string operation, Func<ValueTask> work) =>
        _host.Monitor.RunAsync(OperationType.Function, operation, _ => work(), TestContext.Current.CancellationToken);
}
