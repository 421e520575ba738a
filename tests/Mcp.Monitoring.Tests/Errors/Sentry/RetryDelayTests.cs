using Mcp.Monitoring.Errors.Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 1.5)]
    [InlineData(1, 0, 2)]
    [InlineData(3, 0.5, 10)]
    [InlineData(4, 0, 16)]
    [InlineData(5, 0, 20)]
    [InlineData(5, 1, 30)]
    [InlineData(1_000_000, 1, 30)]
    public void Delay_doubles_from_a_second_to_half_a_minute_and_varies(int attempt, double chance, double seconds)
    {
        Assert.Equal(seconds, RetryDelay.Of(attempt, chance).TotalSeconds, 3);
    }
}
