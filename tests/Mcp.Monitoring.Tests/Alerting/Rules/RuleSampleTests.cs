using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>What Prometheus sees in these samples, the process sees as well; the integration tests ask promtool.</summary>
public class RuleSampleTests
{
    public static TheoryData<string> Levels() => [.. RuleSamples.All.Select(samples => samples.ToString())];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Level_fires_and_recovers(string level)
    {
        LevelSamples samples = Find(level);

        (ActiveAlert alert, int first, int last) = Assert.Single(SampledRun.Of(Rule(samples), samples.Fires, samples.Minutes));

        Assert.Equal(samples.Firing, (first, last));
        Assert.All(SampleSeries.Read($"x{{{samples.Labels}}} =1", 1)[0].Pairs, pair => Assert.Equal(pair.Value, alert.Labels[pair.Name]));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Level_stays_quiet_below_its_numbers(string level)
    {
        LevelSamples samples = Find(level);

        Assert.Empty(SampledRun.Of(Rule(samples), samples.Below, samples.Minutes));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Level_stays_quiet_without_what_it_judges(string level)
    {
        LevelSamples samples = Find(level);

        Assert.Empty(SampledRun.Of(Rule(samples), samples.NoData, samples.Minutes));
    }

    [Fact]
    public void Other_minutes_in_Prometheus_differ_as_their_reason_says()
    {
        (string What, (int, int) Process, (int, int) Prometheus, Difference? Because)[] all =
        [
            .. RuleSamples.All.Where(samples => samples.InPrometheus is not null)
                .Select(samples => (samples.ToString(), samples.Firing, samples.InPrometheus!.Value, samples.Because)),
            .. RuleSamples.All.SelectMany(samples => samples.Others.Where(other => other.InPrometheus is not null).Select(other => (
                $"{samples} {other.What}", InProcess(samples, other), other.InPrometheus!.Value, other.Because))),
        ];

        Assert.NotEmpty(all);
        Assert.All(all, each => Assert.True(each.Because?.Is(each.Process, each.Prometheus), $"{each.What}: {each.Process} in the process, {each.Prometheus} in Prometheus. {each.Because?.Why}"));
    }

    [Fact]
    public void Level_fires_without_series_that_others_have()
    {
        LevelSamples[] all = [.. RuleSamples.All.Where(samples => samples.AlsoFires is not null)];

        Assert.NotEmpty(all);
        Assert.All(all, samples => Assert.Single(SampledRun.Of(Rule(samples), samples.AlsoFires!, samples.Minutes)));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Level_fires_or_not_where_a_side_of_it_is_shown(string level)
    {
        LevelSamples samples = Find(level);

        Assert.All(samples.Others, other => Assert.True(SampledRun.Of(Rule(samples), other.Series, samples.MinutesOf(other)).Count == (other.Fires ? 1 : 0), other.What));
    }

    [Fact]
    public void Every_level_has_samples_or_a_reason_not_to()
    {
        AlertRule[] rules = [.. RuleCatalogue.Build(new ThresholdOptions(), [])];
        string[] ofProcess = [.. from rule in rules from level in rule.Levels.Index() where rule.IsInProcessOnly || level.Item.Condition.IsOfProcess select $"{rule.Name} {level.Index}"];
        string[] others = [.. from rule in rules from level in Enumerable.Range(0, rule.Levels.Count + (rule.Raise is null ? 0 : 1)) select $"{rule.Name} {level}"];

        Assert.Equal(RuleSamples.OfProcess.Keys.Order(StringComparer.Ordinal), ofProcess.Order(StringComparer.Ordinal));
        Assert.Equal(RuleSamples.All.Select(samples => samples.ToString()).Order(StringComparer.Ordinal), others.Except(ofProcess, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static AlertRule Rule(LevelSamples samples) => SampledRun.RuleOf(samples.Rule, samples.Level);

    private static LevelSamples Find(string level) => RuleSamples.All.Single(samples => samples.ToString() == level);

    private static (int First, int Last) InProcess(LevelSamples samples, OtherSamples other)
    {
        (_, int first, int last) = Assert.Single(SampledRun.Of(Rule(samples), other.Series, samples.MinutesOf(other)));
        return (first, last);
    }
}
