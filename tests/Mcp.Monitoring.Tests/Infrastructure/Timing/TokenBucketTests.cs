using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Tests.Infrastructure.Timing;

public class TokenBucketTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void So_many_go_at_once_and_then_one_per_interval()
    {
        var limit = new TokenBucket(3 * Second, 2);

        Assert.Equal([0, 0, 3, 6], Take(limit, TimeSpan.Zero, 4));
    }

    [Fact]
    public void Bucket_fills_up_again_and_not_beyond_its_size()
    {
        var limit = new TokenBucket(3 * Second, 2);
        Take(limit, TimeSpan.Zero, 2);

        Assert.Equal([0, 0, 3], Take(limit, 100 * Second, 3));
    }

    [Fact]
    public void No_interval_is_no_limit()
    {
        Assert.Equal([0, 0, 0], Take(new TokenBucket(TimeSpan.Zero, 1), TimeSpan.Zero, 3));
    }

    private static double[] Take(TokenBucket limit, TimeSpan now, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        double wait = limit.Wait(now).TotalSeconds;
        limit.Take(now);
        return wait;
    })];
}
