using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Tests.Sampling;

/// <summary>The vectors of Prometheus' own tests of <c>rate</c> and <c>increase</c>.</summary>
public class ExtrapolationTests
{
    [Theory]
    [InlineData("0+10x10", 5, 50, 50, 100)]
    [InlineData("0+10x10", 5, 50, 100, 100)]
    [InlineData("10+10x10", 5, 50, 50, 100)]
    [InlineData("10+10x10", 5, 50, 100, 105)]
    [InlineData("1+10x10", 5, 50, 50, 100)]
    [InlineData("1+10x10", 5, 50, 100, 101)]
    [InlineData("0+18x5 0+18x5", 5, 50, 50, 160)]
    [InlineData("0+18x5 0+18x5", 5, 50, 100, 162)]
    [InlineData("0 1 2 3 2 3 4", 5, 30, 30, 7)]
    [InlineData("0+27x4 0+27x5", 5, 50, 50, 240)]
    [InlineData("0+10x9 0 10", 5, 50, 6, 0)]
    [InlineData("60+240x10", 4, 10, 20, 660)]
    public void Increase_is_what_Prometheus_makes_of_it(string samples, int everyMinutes, int atMinutes, int windowMinutes, double expected)
    {
        (SeriesHistory history, SampledSeries series) = ConfiguredValue(samples, everyMinutes);
        history.Now = TimeSpan.FromMinutes(atMinutes);

        double increase = history.Increase(series, TimeSpan.FromMinutes(windowMinutes));

        Assert.Equal(expected, increase, Math.Max(1e-9, expected * 1e-9));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void One_sample_in_a_window_that_is_open_at_its_start_is_no_increase(int windowMinutes)
    {
        (SeriesHistory history, SampledSeries series) = ConfiguredValue("0+10x9 0 10", everyMinutes: 5);
        history.Now = TimeSpan.FromMinutes(50);

        Assert.True(double.IsNaN(history.Increase(series, TimeSpan.FromMinutes(windowMinutes))));
    }

    [Fact]
    public void Two_samples_at_one_instant_are_no_increase()
    {
        var extrapolation = new Extrapolation(TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), 2);

        Assert.False(extrapolation.IsKnown);
        Assert.True(double.IsNaN(extrapolation.Increase(1, 0)));
    }

    [Fact]
    public void Counter_that_began_at_0_is_not_extended_to_before_it_began()
    {
        var extrapolation = new Extrapolation(TimeSpan.Zero, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(54), TimeSpan.FromSeconds(54), 11);

        Assert.Equal(50, extrapolation.Increase(50, 0));
        Assert.Equal(52, extrapolation.Increase(50, 2));
        Assert.Equal(54, extrapolation.Increase(50, 4));
        Assert.Equal(54, extrapolation.Increase(50, 400));
    }

    private static (SeriesHistory History, SampledSeries Series) ConfiguredValue(string samples, int everyMinutes)
    {
        var history = new SeriesHistory();
        SampledSeries series = history.Add("http_requests_total", MetricKind.Counter);
        foreach ((double value, int i) in SampleNotation.Parse(samples).Select((value, i) => (value, i)))
        {
            history.Record(series, TimeSpan.FromMinutes(everyMinutes * i), value);
        }

        return (history, series);
    }
}
