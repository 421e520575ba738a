using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Expressions;

public class ExpressionTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5), Longer = TimeSpan.FromMinutes(6);
    private static readonly Selector One = Selector.Of("one_total"), Two = Selector.Of("two_total");

    /// <summary>Each kind with what differs from it in one part.</summary>
    private static readonly Func<Expression>[][] Kinds =
    [
        [() => new Number(1), () => new Number(2)],
        [() => new Signal("a"), () => new Signal("b")],
        [() => new Uptime()],
        [() => new LargestOf(One), () => new LargestOf(Two)],
        [() => new KeepsGrowing(One, 3, Window), () => new KeepsGrowing(Two, 3, Window), () => new KeepsGrowing(One, 4, Window), () => new KeepsGrowing(One, 3, Longer)],
        [() => new LatencyTarget(1, 2), () => new LatencyTarget(1, 3), () => new LatencyTarget(2, 2)],
        [() => new KeepTrue(1), () => new KeepTrue(2)],
        [() => new MinimumSamples(1), () => new MinimumSamples(2)],
        [() => new OrZero(1), () => new OrZero(2)],
        [() => new And(1, 2), () => new And(1, 3), () => new And(3, 2)],
        [() => new Or(1, 2), () => new Or(1, 3), () => new Or(3, 2)],
        [() => new Arithmetic(1, ArithmeticOperator.Add, 2), () => new Arithmetic(3, ArithmeticOperator.Add, 2), () => new Arithmetic(1, ArithmeticOperator.Subtract, 2), () => new Arithmetic(1, ArithmeticOperator.Add, 3)],
        [() => new Comparison(1, RuleComparison.Above, 2), () => new Comparison(3, RuleComparison.Above, 2), () => new Comparison(1, RuleComparison.Below, 2), () => new Comparison(1, RuleComparison.Above, 3), () => new Comparison(1, RuleComparison.Above, 2, 1)],
        [() => new BurnRate(SloKind.Latency, Window), () => new BurnRate(SloKind.Availability, Window), () => new BurnRate(SloKind.Latency, Longer)],
        [() => new BurnIsFounded(SloKind.Latency, Window), () => new BurnIsFounded(SloKind.Availability, Window), () => new BurnIsFounded(SloKind.Latency, Longer)],
        [() => new HistogramIncrease(One, Window), () => new HistogramIncrease(Two, Window), () => new HistogramIncrease(One, Longer)],
        [() => new Quantile(0.5, new HistogramIncrease(One, Window)), () => new Quantile(0.6, new HistogramIncrease(One, Window)), () => new Quantile(0.5, new HistogramIncrease(Two, Window))],
        [() => new FractionBelow(0.5, new HistogramIncrease(One, Window)), () => new FractionBelow(0.6, new HistogramIncrease(One, Window)), () => new FractionBelow(0.5, new HistogramIncrease(Two, Window))],
        [() => new CallOutcomes(One, Two), () => new CallOutcomes(Two, Two), () => new CallOutcomes(One, One), () => new CallOutcomes(One, Two, One)],
        [
            () => Streak(One, 3, StreakScope.Own), () => Streak(Two, 3, StreakScope.Own), () => Streak(One, 4, StreakScope.Own), () => Streak(One, 3, StreakScope.Total),
            () => new FailureStreak(new CallOutcomes(One, Two), new StreakLength(3, Window), new StreakLength(10, Window), StreakScope.Own),
        ],
        [
            () => new SeriesSum(One, SeriesFunction.Count, Window), () => new SeriesSum(Two, SeriesFunction.Count, Window), () => new SeriesSum(One, SeriesFunction.Rate, Window),
            () => new SeriesSum(One, SeriesFunction.Count, Longer), () => new SeriesSum(One, SeriesFunction.Count, Window, Window), () => new SeriesSum(One, SeriesFunction.Count, Window, isHistogram: true),
        ],
    ];

    [Fact]
    public void Expressions_are_equal_where_all_of_their_parts_are_and_else_not()
    {
        Expression[] all = [.. Kinds.SelectMany(kind => kind).Select(make => make())];
        Expression[] again = [.. Kinds.SelectMany(kind => kind).Select(make => make())];

        for (int i = 0; i < all.Length; i++)
        {
            for (int j = 0; j < again.Length; j++)
            {
                Assert.True(all[i].Equals(again[j]) == (i == j), $"{all[i].GetType().Name} {i} and {again[j].GetType().Name} {j}");
            }

            Assert.Equal(all[i].GetHashCode(), again[i].GetHashCode());
        }
    }

    [Fact]
    public void Each_kind_is_among_them() => Assert.Equal(
        typeof(Expression).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Expression)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        Kinds.Select(kind => kind[0]().GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Two_that_are_equal_are_calculated_once_by_the_first()
    {
        var all = new BoundExpressions();
        LabelSetIndex labelSets = all.LabelSets(["tool"]);
        Expression first = Count(One).Above(3), second = Count(One).Above(3), other = Count(One).Above(4);
        first.Bind(all, labelSets);
        second.Bind(all, labelSets);
        other.Bind(all, labelSets);

        Assert.Same(first, second.Source);
        Assert.Same(other, other.Source);
        Assert.Equal(["SeriesSum", "Number", "Comparison", "Number", "Comparison"], all.All.Select(one => one.GetType().Name));
    }

    [Fact]
    public void Those_of_other_label_sets_are_others()
    {
        var all = new BoundExpressions();
        Expression byTool = Count(One), byQueue = Count(One);
        byTool.Bind(all, all.LabelSets(["tool"]));
        byQueue.Bind(all, all.LabelSets(["queue"]));

        Assert.Same(byQueue, byQueue.Source);
        Assert.Same(all.LabelSets(["tool"]), all.LabelSets(["tool"]));
    }

    [Fact]
    public void Rules_of_one_evaluator_cannot_be_those_of_another()
    {
        IReadOnlyList<AlertRule> rules = RuleCatalogue.Build(new ThresholdOptions(), []);
        new RuleWorld().Evaluator.Use(rules);

        Assert.Throws<InvalidOperationException>(() => new RuleWorld().Evaluator.Use(rules));
    }

    [Fact]
    public void Two_evaluators_with_rules_of_their_own_see_nothing_of_each_other()
    {
        RuleWorld failing = new(), healthy = new();
        for (int i = 0; i < 10; i++)
        {
            failing.Minutes(1);
            healthy.Minutes(1);
            failing.Fail("get_order");
            healthy.Call("get_order");
        }

        Assert.True(failing.HasFired("McpToolFailing"));
        Assert.Empty(healthy.Alerts.Changes);
    }

    [Fact]
    public void What_is_not_bound_has_no_value() => Assert.Throws<InvalidOperationException>(() =>
    {
        new Number(1).Evaluate(new EvaluationContext(new RuleInputs { Series = new SteadySamples(), Objectives = new RuleWorld() }, new SaidSignals()));
    });

    private static SeriesSum Count(Selector selector) => new SeriesSum(selector, SeriesFunction.Count, Window);

    private static FailureStreak Streak(Selector failures, double count, StreakScope scope) => new(new CallOutcomes(failures, Two), new StreakLength(count, Window), null, scope);
}
