using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Tests.Infrastructure.Timing;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1.5, 1.5)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 1.25, 10)]
    [InlineData(5, 1, 16)]
    [InlineData(6, 1, 20)]
    [InlineData(6, 1.5, 30)]
    [InlineData(1_000_000, 0, 0)]
    [InlineData(1_000_000, 1.5, 30)]
    public void Wait_doubles_to_the_longest_and_varies(int failures, double jitter, double seconds)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)) { Jitter = () => jitter };

        Assert.Equal(seconds, backoff.After(failures).TotalSeconds, 3);
    }

    [Fact]
    public void Jitter_is_between_its_factors()
    {
        Func<double> jitter = Backoff.Between(0.8, 1.2);

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.InRange(jitter(), 0.8, 1.2));
    }
}
