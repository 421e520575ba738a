using Mcp.Monitoring.Infrastructure.Timing;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Infrastructure.Timing;

public class WakeableTimerTests
{
    [Fact]
    public void Who_wakes_after_the_end_does_no_harm()
    {
        var timer = new WakeableTimer(TimeProvider.System);
        timer.Dispose();

        Assert.Null(Record.Exception(timer.Wake));
    }

    [Fact]
    public void What_woke_it_before_the_wait_is_heard_on_any_clock()
    {
        foreach (TimeProvider time in (TimeProvider[])[TimeProvider.System, new FakeTimeProvider()])
        {
            using var timer = new WakeableTimer(time);
            timer.Wake();
            long begun = TimeProvider.System.GetTimestamp();

            timer.Wait(TimeSpan.FromSeconds(20));

            Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
    }
}
