using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

public class EngineThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly InternalErrors _errors = new(NullLoggerFactory.Instance, new MonitoringClock(TimeProvider.System));

    [Fact]
    public void Step_is_done_on_a_thread_of_its_own_without_the_context_of_whoever_started_it()
    {
        var context = new AsyncLocal<string> { Value = "a request" };
        using var stepped = new ManualResetEventSlim();
        (bool IsPool, string? Seen) found = default;
        using var thread = new EngineThread(
            () =>
            {
                found = (Thread.CurrentThread.IsThreadPoolThread, context.Value);
                stepped.Set();
                return Forever;
            },
            _errors,
            TimeProvider.System);

        thread.Start();

        Assert.True(stepped.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.True(thread.Stop(Patience));
        Assert.Equal((false, null), found);
    }

    [Fact]
    public void Waking_ends_the_wait()
    {
        using var steps = new SemaphoreSlim(0);
        using var thread = new EngineThread(
            () =>
            {
                steps.Release();
                return Forever;
            },
            _errors,
            TimeProvider.System);
        thread.Start();
        Assert.True(steps.Wait(Patience, TestContext.Current.CancellationToken));

        thread.Wake();

        Assert.True(steps.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.True(thread.Stop(Patience));
    }

    [Fact]
    public void Step_that_fails_is_counted_and_the_next_is_done()
    {
        int steps = 0;
        string? counted = null;
        _errors.Counted = component => counted = component;
        using var again = new ManualResetEventSlim();
        using var thread = new EngineThread(
            () =>
            {
                if (Interlocked.Increment(ref steps) == 1)
                {
                    throw new InvalidOperationException("broken");
                }

                again.Set();
                return Forever;
            },
            _errors,
            TimeProvider.System);

        thread.Start();

        Assert.True(again.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.True(thread.Stop(Patience));
        Assert.Equal("alerting", counted);
    }
}
