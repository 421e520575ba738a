using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

public class AlertRuleTests
{
    private static readonly RuleLevel Level = new(AlertSeverity.High, TimeSpan.Zero, 1, 2, 3);

    private static readonly AlertRule Rule = Make();

    [Fact]
    public void A_rule_judges_as_one_of_the_same_parts_whatever_is_said_of_it()
    {
        Assert.True(Rule.JudgesAs(Make() with { Annotations = new AlertAnnotations("other", static _ => "", static _ => ""), Runbook = "https://wiki", MaxInstances = 3 }));
    }

    [Fact]
    public void A_rule_judges_otherwise_if_one_of_its_parts_is_another()
    {
        AlertRule[] others =
        [
            Rule with { Name = "other" },
            Rule with { By = ["operation"] },
            Rule with { Levels = [Level with { For = TimeSpan.FromSeconds(1) }] },
            Rule with { Levels = [Level with { Condition = 4 }] },
            Rule with { Levels = [Level, Level] },
            Rule with { Raise = null },
            Rule with { Timing = new RuleTiming { KeepFiringFor = TimeSpan.FromSeconds(1) } },
        ];

        Assert.All(others, other => Assert.False(Rule.JudgesAs(other)));
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(2, 3, false)]
    [InlineData(3, 3, true)]
    public void No_failure_is_no_failures_in_a_row_however_few_are_enough(double failures, double enough, bool isMet)
    {
        Assert.Equal(isMet, new StreakLength(enough, TimeSpan.Zero).IsMetBy(new Streak(failures, TimeSpan.Zero, TimeSpan.Zero)));
    }

    private static AlertRule Make() => new()
    {
        Name = "rule",
        By = ["dependency"],
        Levels = [Level],
        Raise = new SeverityRaise(AlertSeverity.Critical, 5),
        Annotations = new AlertAnnotations("one", static _ => "", static _ => ""),
    };
}
