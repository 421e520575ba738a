using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class LastChangeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(37, 35)]
    [InlineData(55, 55)]
    [InlineData(60, 60)]
    [InlineData(90, 60)]
    public void Change_is_found_to_the_sample_and_no_further_back_than_is_looked(double ago, double found)
    {
        TimeSpan longest = TimeSpan.FromSeconds(60);

        Assert.Equal(TimeSpan.FromSeconds(found), LastChange.Ago(window => window > TimeSpan.FromSeconds(ago) ? 1 : 0, longest));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    public void Change_before_the_last_is_found_by_how_many_there_were(double times, double found)
    {
        double[] agos = [12, 34];

        TimeSpan ago = LastChange.Ago(agos, static (all, window) => all.Count(one => window > TimeSpan.FromSeconds(one)), times, TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(found), ago);
    }
}
