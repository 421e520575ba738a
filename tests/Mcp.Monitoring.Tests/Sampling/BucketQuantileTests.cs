using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>The vectors of Prometheus' own tests of <c>histogram_quantile</c>.</summary>
public class BucketQuantileTests
{
    private static readonly double[] Bounds = [0.1, 0.2, 1];
    private static readonly double[] Increases = [5, 2, 4, 1];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, 0.048)]
    [InlineData(0.5, 0.15)]
    [InlineData(0.8, 0.72)]
    [InlineData(1, 1)]
    [InlineData(-0.1, double.NegativeInfinity)]
    [InlineData(1.01, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Quantile_lies_linearly_within_its_bucket(double quantile, double expected)
    {
        Assert.Equal(expected, BucketQuantile.Of(quantile, Bounds, Increases), 1e-12);
    }

    [Theory]
    [InlineData(1d / 6, 1)]
    [InlineData(0.5, 3)]
    [InlineData(5d / 6, 5)]
    public void First_bucket_that_ends_at_0_or_below_has_no_start(double quantile, double expected)
    {
        Assert.Equal(expected, BucketQuantile.Of(quantile, [0, 2, 4, 6], [0, 1, 1, 1, 0]), 1e-12);
        Assert.Equal(-2, BucketQuantile.Of(quantile / 10, [-2, 2], [5, 1, 0]), 1e-12);
    }

    [Fact]
    public void Quantile_above_the_highest_bound_is_that_bound()
    {
        Assert.Equal(1, BucketQuantile.Of(0.99, Bounds, Increases));
        Assert.Equal(1, BucketQuantile.Of(0.5, Bounds, [0, 0, 0, 7]));
    }

    [Fact]
    public void Without_observations_or_bounds_there_is_no_quantile()
    {
        Assert.True(double.IsNaN(BucketQuantile.Of(0.95, Bounds, [0, 0, 0, 0])));
        Assert.True(double.IsNaN(BucketQuantile.Of(0.95, Bounds, [double.NaN, double.NaN, double.NaN, double.NaN])));
        Assert.True(double.IsNaN(BucketQuantile.Of(0.95, [], [3])));
        Assert.Throws<ArgumentException>(() => BucketQuantile.Of(0.95, Bounds, [1, 2, 3]));
    }

    [Fact]
    public void Bucket_that_fell_counts_for_nothing()
    {
        Assert.Equal(BucketQuantile.Of(0.8, [0.1, 0.2, 1], [5, 0, 5, 0]), BucketQuantile.Of(0.8, [0.1, 0.2, 1], [5, -2, 7, 0]), 1e-12);
    }

    [Fact]
    public void Dust_of_the_arithmetic_is_no_observation()
    {
        // The rank lies within the dust, in the middle of the second bucket if that had any.
        Assert.Equal(0.2, BucketQuantile.Of(0.5, Bounds, [1, 1e-13, 1, 0]), 1e-9);
        Assert.Equal(0.15, BucketQuantile.Of(0.5, Bounds, [1, 1e-11, 1, 0]), 1e-3);
    }

    [Theory]
    [InlineData(20, 19, 0.95)]
    [InlineData(10, 9, 0.9)]
    [InlineData(14, 7, 0.5)]
    [InlineData(7, 7, 1)]
    public void Quantile_that_is_reached_exactly_is_the_end_of_its_bucket_whatever_the_increases_were_multiplied_with(int all, int within, double quantile)
    {
        for (double factor = 0.1; factor < 3; factor += 0.0137)
        {
            double[] increases = new double[17];
            for (int i = 0; i < within; i++)
            {
                increases[i % 5] += factor;
            }

            increases[15] = (all - within) * factor;
            Assert.Equal(5, BucketQuantile.Of(quantile, [.. Enumerable.Range(1, 16).Select(i => (double)i)], increases), 1e-9);
        }
    }
}
