using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

public class BucketFractionTests
{
    private static readonly double[] Bounds = [0.1, 0.2, 0.5];

    [Theory]
    [InlineData(0.2, 0.94)]
    [InlineData(0.5, 0.989)]
    [InlineData(0.1, 0.9)]
    public void Share_up_to_a_bound_is_exact(double limit, double expected)
    {
        Assert.Equal(expected, BucketFraction.Below(limit, Bounds, [900, 40, 49, 11]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(0.05, 0.25)]
    [InlineData(0.15, 0.6)]
    [InlineData(0.35, 0.75)]
    public void Share_inside_a_bucket_is_linear(double limit, double expected)
    {
        Assert.Equal(expected, BucketFraction.Below(limit, Bounds, [50, 20, 10, 20]), 1e-12);
    }

    [Fact]
    public void What_lies_above_the_highest_bound_is_unknown_up_to_infinity()
    {
        Assert.Equal(0.8, BucketFraction.Below(3, Bounds, [50, 20, 10, 20]), 1e-12);
        Assert.Equal(1, BucketFraction.Below(double.PositiveInfinity, Bounds, [50, 20, 10, 20]));
    }

    [Fact]
    public void Without_observations_there_is_no_share()
    {
        Assert.True(double.IsNaN(BucketFraction.Below(0.2, Bounds, [0, 0, 0, 0])));
        Assert.True(double.IsNaN(BucketFraction.Below(double.NaN, Bounds, [1, 0, 0, 0])));
        Assert.Throws<ArgumentException>(() => BucketFraction.Below(0.2, Bounds, [1, 2, 3]));
    }
}
