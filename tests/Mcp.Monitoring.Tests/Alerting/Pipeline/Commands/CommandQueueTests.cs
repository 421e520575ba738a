using Mcp.Monitoring.Alerting.Pipeline.Commands;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Commands;

public class CommandQueueTests
{
    [Fact]
    public async Task Before_the_start_nobody_waits_for_an_answer()
    {
        Task<bool> asked = new CommandQueue().InvokeAsync(_ => true);

        Assert.True(asked.IsCompleted);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => asked);
        Assert.Contains("after the host has started", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_while_it_stops_is_answered()
    {
        for (int round = 0; round < 2_000; round++)
        {
            var queue = new CommandQueue();
            queue.Start();
            Task<bool> last = queue.InvokeAsync(_ => true);
            List<Task<bool>> asked = [last];
            Task asking = Task.Run(
                () =>
                {
                    while (!last.IsFaulted)
                    {
                        last = queue.InvokeAsync(_ => true);
                        asked.Add(last);
                    }
                },
                TestContext.Current.CancellationToken);
            Thread.SpinWait(100 + round);
            queue.Stop();
            await asking;

            Assert.All(asked, task => Assert.True(task.IsFaulted));
        }
    }
}
