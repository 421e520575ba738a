using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

public class ThreadPoolProbeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Queue<Action> _pool = new();
    private readonly ThreadPoolProbe _probe;

    public ThreadPoolProbeTests() => _probe = new ThreadPoolProbe(new AlertClock(_time), _pool.Enqueue);

    [Fact]
    public void A_pool_that_was_not_asked_is_not_starved()
    {
        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(_probe.IsStarved);
    }

    [Fact]
    public void A_pool_is_starved_from_the_first_moment_after_a_second_without_an_answer_until_it_answers()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        _probe.Probe();
        Assert.False(_probe.IsStarved);
        _time.Advance(Second);
        Assert.False(_probe.IsStarved);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_probe.IsStarved);

        _pool.Dequeue()();

        Assert.False(_probe.IsStarved);
    }

    [Fact]
    public void It_is_asked_again_only_after_it_has_answered()
    {
        _probe.Probe();
        _time.Advance(Second / 2);
        _probe.Probe();
        _time.Advance(0.75 * Second);
        Assert.True(_probe.IsStarved);
        Assert.Single(_pool);

        _pool.Dequeue()();
        _probe.Probe();

        Assert.Single(_pool);
        Assert.False(_probe.IsStarved);
        _time.Advance(1.25 * Second);
        Assert.True(_probe.IsStarved);
    }
}
