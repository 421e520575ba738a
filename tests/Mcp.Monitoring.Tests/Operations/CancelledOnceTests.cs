using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>A cancellation that is somebody's time limit is one error, although a task that was cancelled does not show the exception that ended it.</summary>
public sealed class CancelledOnceTests : IDisposable
{
    private readonly TestHost _host = new();

    public static TheoryData<string> Ways => [.. Pass.Keys];

    private static readonly Dictionary<string, Func<Task, Task>> Pass = new(StringComparer.Ordinal)
    {
        ["awaited"] = async task => await task,
        ["awaited after a yield"] = async task =>
        {
            await Task.Yield();
            await task;
        },
        ["waited for"] = task =>
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            task.Wait();
            return Task.CompletedTask;
        },
        ["its result read"] = task =>
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            return Task.FromResult(((Task<int>)task).Result);
        },
        ["waited for, unwrapped"] = async task =>
        {
            try
            {
                task.Wait();
            }
            catch (AggregateException several)
            {
                throw several.InnerException!;
            }

            await task;
        },
        ["awaited and wrapped"] = async task =>
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException cause)
            {
                throw new InvalidOperationException("no answer", cause);
            }
        },
        ["waited for and wrapped"] = task =>
        {
            try
            {
                task.Wait();
            }
            catch (AggregateException cause)
            {
                throw new InvalidOperationException("no answer", cause);
            }

            return task;
        },
        ["with others"] = task => Task.WhenAll(task, Task.CompletedTask),
        ["first of others"] = async task => await await Task.WhenAny(task, new TaskCompletionSource().Task),
        ["followed by its exception"] = task => task.ContinueWith(
            ended => ended.GetAwaiter().GetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default),
        ["as a value task"] = task => new ValueTask(task).AsTask(),
        ["with a token"] = task => task.WaitAsync(new CancellationTokenSource().Token),
    };

    // Of a task without an exception that was gathered with others nobody can say whose cancellation it tells.
    public static TheoryData<string> WaysOfTheTaskItself => [.. Pass.Keys.Except(["with others"], StringComparer.Ordinal)];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Time_limit_that_crosses_a_scope_counts_once(string way)
    {
        await FailsAsync(Run("tool", async () =>
        {
            Task<int> query = Query(async () =>
            {
                await Task.Yield();
                throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.", new TimeoutException());
            });
            await Pass[way](query);
        }));

        Assert.Equal(1, Errors);
        Assert.Equal(1, _host.Sum("mcp_errors_total", ("error_type", "timeout"), ("operation", "tool")));
    }

    [Theory]
    [MemberData(nameof(WaysOfTheTaskItself))]
    public async Task Task_that_was_cancelled_without_an_exception_counts_once(string way)
    {
        using var limit = new CancellationTokenSource();
        await limit.CancelAsync();
        Task<int> cancelled = Task.FromCanceled<int>(limit.Token);

        await FailsAsync(Run("tool", async () =>
        {
            // Each who awaits it is given an exception of its own.
            await SurvivesAsync(Query(() => new ValueTask<int>(cancelled)));
            await Pass[way](cancelled);
        }));

        Assert.Equal(1, Errors);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Time_limit_that_was_recorded_by_hand_counts_once(string way)
    {
        var limit = new OperationCanceledException("mine");
        Task<int> query = FailLaterAsync(limit);

        await FailsAsync(Run("tool", async () =>
        {
            _host.Monitor.RecordError(ErrorType.Timeout, "query", limit);
            await Pass[way](query);
        }));

        Assert.Equal(1, Errors);
    }

    [Fact]
    public async Task Two_tasks_that_were_cancelled_without_an_exception_count_twice()
    {
        using var limit = new CancellationTokenSource();
        await limit.CancelAsync();

        await Run("tool", async () =>
        {
            await SurvivesAsync(Query(() => new ValueTask<int>(Task.FromCanceled<int>(limit.Token))));
            await SurvivesAsync(Query(() => new ValueTask<int>(Task.FromCanceled<int>(limit.Token))));
        });

        Assert.Equal(2, Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exception_of_a_cancelled_task_is_the_one_that_ended_it(bool isDerived)
    {
        OperationCanceledException limit = isDerived ? new SupplierTimeoutException() : new OperationCanceledException();
        Task<int> cancelled = FailLaterAsync(limit);
        await SurvivesAsync(cancelled);

        Assert.True(cancelled.IsCanceled);
        Assert.Same(limit, CancelledTask.ExceptionOf(cancelled));
    }

    private double Errors => _host.Sum("mcp_errors_total");

    private static async Task FailsAsync(ValueTask running) => await Assert.ThrowsAnyAsync<Exception>(() => running.AsTask());

    private static async Task SurvivesAsync(Task running) => await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    private static async Task<int> FailLaterAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    private Task<int> Query(Func<ValueTask<int>> work) =>
        _host.Monitor.RunAsync(OperationType.Function, "query", _ => work(), TestContext.Current.CancellationToken).AsTask();

    private ValueTask Run(string operation, Func<ValueTask> work) =>
        _host.Monitor.RunAsync(OperationType.Function, operation, _ => work(), TestContext.Current.CancellationToken);
}

/// <summary>A time limit of the host's own.</summary>
internal sealed class SupplierTimeoutException() : OperationCanceledException("The supplier did not answer.");
