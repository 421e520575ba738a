using Mcp.Monitoring.Instrumentation.Mcp;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class TasksTests
{
    [Fact]
    public async Task Followed_task_ends_after_the_callback_although_the_first_one_has_ended_before()
    {
        var source = new TaskCompletionSource<int>();
        Task<int>? followed = null;
        bool? hadEnded = null;
        followed = Tasks.WhenEnded(source.Task, () => hadEnded = followed!.IsCompleted);

        source.SetResult(7);

        Assert.Equal(7, await followed);
        Assert.False(hadEnded);
    }

    [Fact]
    public async Task Followed_task_without_a_result_ends_after_the_callback_as_well()
    {
        var source = new TaskCompletionSource();
        Task? followed = null;
        bool? hadEnded = null;
        followed = Tasks.WhenEnded(source.Task, () => hadEnded = followed!.IsCompleted);

        source.SetResult();

        await followed;
        Assert.False(hadEnded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Followed_task_fails_with_the_very_exception_and_its_trace(bool hasFailedBefore)
    {
        var goOn = new TaskCompletionSource();
        var thrown = new InvalidOperationException("one and the same");
        if (hasFailedBefore)
        {
            goOn.SetResult();
        }

        Exception? seen = null;
        Task<int> first = FailAsync(goOn.Task, thrown);
        Task<int> followed = Tasks.WhenEnded(first, () => seen = Tasks.ExceptionOf(first));
        goOn.TrySetResult();

        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidOperationException>(() => followed));
        Assert.Same(thrown, seen);
        Assert.Contains(nameof(FailAsync), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Followed_task_is_cancelled_by_the_token_of_the_first_one()
    {
        using var cancelling = new CancellationTokenSource();
        Task<int> first = new TaskCompletionSource<int>().Task.WaitAsync(cancelling.Token);
        Task<int> followed = Tasks.WhenEnded(first, static () => { });

        await cancelling.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => followed);
        Assert.Equal(cancelling.Token, cancelled.CancellationToken);
        Assert.True(followed.IsCanceled);
    }

    [Fact]
    public async Task Callback_for_a_task_that_has_ended_is_called_at_once_and_the_task_is_handed_on()
    {
        int called = 0;
        Task<int> ended = Task.FromResult(7);

        Task<int> followed = Tasks.WhenEnded(ended, () => called++);

        Assert.Same(ended, followed);
        Assert.Equal(1, called);
        await followed;
    }

    private static async Task<int> FailAsync(Task goOn, Exception exception)
    {
        await goOn;
        throw exception;
    }
}
