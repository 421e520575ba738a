using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline;

public class GenerationsTests
{
    private const long Start = 1_700_000_000_000;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));
    private readonly Generations _generations;

    public GenerationsTests() => _generations = new Generations(new AlertClock(_time));

    [Fact]
    public void They_follow_the_clock_and_are_one_apart_within_a_millisecond()
    {
        Assert.Equal([Start, Start + 1, Start + 2], [_generations.Next(), _generations.Next(), _generations.Next()]);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(Start + 100, _generations.Next());
    }

    [Fact]
    public void They_rise_above_those_of_a_former_run_whose_clock_was_ahead()
    {
        _generations.Seen(Start + 5_000);
        _generations.Seen(Start + 4_000);

        Assert.Equal(Start + 5_001, _generations.Next());
    }

    [Fact]
    public void All_of_a_step_have_the_same()
    {
        _generations.BeginStep();
        _generations.Next();
        Assert.Equal(Start, _generations.OfStep);

        _generations.BeginStep();

        Assert.Equal(Start + 2, _generations.OfStep);
    }
}
