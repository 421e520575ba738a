using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Metrics;

public class NativeSchemaTests(ITestOutputHelper output)
{
    // Prometheus, model/histogram: the bounds of schema 3 within [0.5, 1).
    private static readonly double[] Bounds =
        [0.5, 0.5452538663326288, 0.5946035575013605, 0.6484197773255048, 0.7071067811865475, 0.7711054127039704, 0.8408964152537144, 0.9170040432046711];

    private const int First = 1;
    private const int Last = NativeSchema.Cells - 1;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 5), Random.Shared.Next()];

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-1, 0)]
    [InlineData(-double.Epsilon, 0)]
    [InlineData(-0.0, 0)]
    [InlineData(0, 0)]
    [InlineData(double.Epsilon, 0)]
    [InlineData(1e-9, 0)]
    [InlineData(1.0 / 16384, 0)]
    [InlineData(1.0000001 / 16384, First)]
    [InlineData(1, 112)]
    [InlineData(1.0000001, 113)]
    [InlineData(511.9, Last)]
    [InlineData(512, Last)]
    [InlineData(513, Last)]
    [InlineData(double.MaxValue, Last)]
    [InlineData(double.PositiveInfinity, Last)]
    public void Duration_has_its_cell(double seconds, int cell)
    {
        Assert.Equal(cell, NativeSchema.CellOf(seconds));
    }

    [Fact]
    public void Each_bucket_holds_its_upper_bound_and_not_the_one_below()
    {
        for (int cell = First; cell <= Last; cell++)
        {
            double bound = BoundOf(cell);

            Assert.Equal(cell, NativeSchema.CellOf(bound));
            Assert.Equal(cell, NativeSchema.CellOf(Math.BitDecrement(bound)));
            Assert.Equal(Math.Min(cell + 1, Last), NativeSchema.CellOf(Math.BitIncrement(bound)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_number_in_the_range_is_in_the_bucket_whose_bounds_are_around_it(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            double seconds = NativeSchema.ZeroThreshold * Math.Pow(NativeSchema.Highest / NativeSchema.ZeroThreshold, random.NextDouble());

            int cell = NativeSchema.CellOf(seconds);

            Assert.True(seconds <= BoundOf(cell) && (cell == 0 || seconds > BoundOf(cell - 1)), $"{seconds:R} is in the cell {cell}.");
        }
    }

    [Fact]
    public void Bucket_ends_9_percent_above_where_it_begins()
    {
        Assert.All(Enumerable.Range(First, Last - 1), cell => Assert.Equal(1.0905, BoundOf(cell) / BoundOf(cell - 1), 4));
    }

    private static double BoundOf(int cell)
    {
        int index = NativeSchema.FirstIndex + cell - First;
        return Math.ScaleB(Bounds[index & 7], (index >> 3) + 1);
    }
}
