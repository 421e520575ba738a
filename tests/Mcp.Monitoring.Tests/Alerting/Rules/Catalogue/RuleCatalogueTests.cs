using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

public class RuleCatalogueTests
{
    /// <summary>The rules that nothing in a process can make fire.</summary>
    private static readonly string[] ExportedOnly = ["McpMetricsAbsent"];

    public static TheoryData<string> Cases() => [.. RuleCases.All.Select(known => known.ToString())];

    public static TheoryData<string> Rules() => [.. RuleCatalogue.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_fires_at_its_numbers(string name)
    {
        RuleCase about = Find(name);
        var world = new RuleWorld(about.Options);

        about.Happens(world, arg2: true);

        ActiveAlert alert = Assert.Single(world.Alerts.Fired, fired => fired.Rule == about.Rule);
        Assert.Equal(about.Severity, alert.Severity);
        AlertDescription said = alert.Describe!();
        Assert.NotEmpty(said.Title);
        Assert.NotEmpty(said.Summary);
        Assert.DoesNotContain("NaN", said.Title + said.Summary + string.Concat(said.Facts), StringComparison.Ordinal);
        Assert.False(said.Summary.EndsWith('.'), said.Summary);
        Assert.All(said.Facts, fact => Assert.EndsWith(".", fact, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_does_not_fire_just_below_its_numbers(string name)
    {
        RuleCase about = Find(name);
        var world = new RuleWorld(about.Options);

        about.Happens(world, arg2: false);

        Assert.DoesNotContain(world.Alerts.Fired, fired => fired.Rule == about.Rule && fired.Severity >= about.Severity);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_has_a_case(string rule)
    {
        Assert.True(RuleCases.All.Any(known => known.Rule == rule) ^ ExportedOnly.Contains(rule, StringComparer.Ordinal), $"{rule} has no case, or one although it cannot fire.");
    }

    [Fact]
    public void Rules_are_those_of_the_list()
    {
        string[] list =
        [
            "McpIntegrationDown", "McpIntegrationErrors", "McpAuthBroken", "McpCircuitBreakerOpen", "McpAvailabilityBurn", "McpCrashLoop", "McpTransportErrors", "McpActiveRequestsHigh",
            "McpToolFailing", "McpServerFailing", "McpDatabaseErrors", "McpDbPoolExhausted", "McpOperationStuck", "McpHttpErrors", "McpHealthUnhealthy", "McpThreadPoolStarved", "McpChannelDown",
            "McpAuthRefused", "McpToolErrors", "McpSlowOperations", "McpLatencyBurn", "McpErrorRatioHigh", "McpRetriesHigh", "McpRetriesExhausted", "McpClientLooping", "McpToolsVanished",
            "McpQueueGrowing", "McpSlowQueries", "McpUncleanStop", "McpAlertStoreDegraded", "McpAlertInstancesTruncated", "McpLatencyTargetMissed", "McpErrorTargetMissed", "McpBudgetSlowBurn",
            "McpValidationErrors", "McpCacheHitsLow", "McpCircuitIsolated", "McpSeriesLimited", "McpNoTraffic", "McpMetricsAbsent", "McpAlertRuleFailing",
        ];

        Assert.Equal(list.Order(StringComparer.Ordinal), RuleCatalogue.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_that_are_built_alike_judge_alike()
    {
        IReadOnlyList<AlertRule> one = RuleCatalogue.Build(new ThresholdOptions(), []), other = RuleCatalogue.Build(new ThresholdOptions(), []);

        Assert.Empty(one.Zip(other).Where(pair => !pair.First.JudgesAs(pair.Second)).Select(pair => pair.First.Name));
    }

    [Fact]
    public void Quiet_server_has_no_alert()
    {
        RuleWorld world = new();

        world.Minutes(90, 60, () =>
        {
            world.Call("get_order", seconds: 0.05);
            world.Integration("1c", "success");
            world.Query("orders_db");
        });

        Assert.Empty(world.Alerts.Changes);
        Assert.Empty(world.Problems);
    }

    [Fact]
    public void Thresholds_are_those_of_the_options()
    {
        var thresholds = new ThresholdOptions { ErrorRateThreshold = 0.5, ResponseTimeThresholdMs = 1_000, ActiveRequests = 7, IntegrationErrorsPerSecond = 3, CircuitBreakerTimeoutSeconds = 600 };
        IReadOnlyList<AlertRule> rules = RuleCatalogue.Build(thresholds, []);

        Assert.Equal(new Number(0.5), Level(rules, "McpErrorRatioHigh").Limit);
        Assert.Equal(new Number(1), Level(rules, "McpLatencyTargetMissed").Limit);
        Assert.Equal(new Number(7), Level(rules, "McpActiveRequestsHigh").Limit);
        Assert.Equal(TimeSpan.FromMinutes(20), rules.Single(rule => rule.Name == "McpCircuitBreakerOpen").Timing.KeepFiringFor);
        Assert.NotEqual(Level(RuleCatalogue.Build(new ThresholdOptions(), []), "McpIntegrationErrors").Condition, Level(rules, "McpIntegrationErrors").Condition);
    }

    [Fact]
    public void Entry_of_a_known_name_changes_what_it_sets_and_nothing_else()
    {
        AlertRule usual = RuleCatalogue.Build(new ThresholdOptions(), []).Single(rule => rule.Name == "McpDatabaseErrors");
        AlertRule changed = RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions
        {
            Name = "mcpdatabaseerrors", Severity = AlertSeverity.Low, For = TimeSpan.FromMinutes(7), Silent = true, Runbook = "https://wiki.example/db", MaxInstances = 3,
        }]).Single(rule => rule.Name == "McpDatabaseErrors");

        Assert.Equal(AlertSeverity.Low, changed.Levels[0].Severity);
        Assert.Equal(TimeSpan.FromMinutes(7), changed.Levels[0].For);
        Assert.Equal(usual.Levels[0].Condition, changed.Levels[0].Condition);
        Assert.Equal(usual.Timing, changed.Timing);
        Assert.True(changed.IsSilent);
        Assert.Equal("https://wiki.example/db", changed.Runbook);
        Assert.Equal(3, changed.MaxInstances);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_can_be_switched_off(string name)
    {
        AlertRule rule = RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = name, Enabled = false }]).Single(rule => rule.Name == name);

        Assert.False(rule.IsEvaluated);
    }

    [Fact]
    public void Alerts_about_the_process_and_what_remains_of_an_outage_stand_alone_and_no_others()
    {
        string[] list =
        [
            "McpAuthBroken", "McpCrashLoop", "McpTransportErrors", "McpActiveRequestsHigh", "McpOperationStuck", "McpHttpErrors", "McpHealthUnhealthy", "McpThreadPoolStarved", "McpChannelDown",
            "McpAuthRefused", "McpToolsVanished", "McpQueueGrowing", "McpUncleanStop", "McpAlertStoreDegraded", "McpAlertInstancesTruncated", "McpValidationErrors", "McpCacheHitsLow",
            "McpSeriesLimited", "McpNoTraffic", "McpMetricsAbsent", "McpAlertRuleFailing", "McpBudgetSlowBurn", "Own", "OwnOfTools",
        ];
        IReadOnlyList<AlertRule> rules = RuleCatalogue.Build(
            new ThresholdOptions(),
            [
                new AlertRuleOptions { Name = "Own", Metric = "depth", Threshold = 1 },
                new AlertRuleOptions { Name = "OwnOfTools", Metric = "depth", Threshold = 1, By = ["operation", "dependency"] },
            ]);

        Assert.Equal(list.Order(StringComparer.Ordinal), rules.Where(rule => rule.IsStandalone).Select(rule => rule.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Shares_percentiles_rates_and_levels_are_intensities_and_no_others()
    {
        string[] others =
        [
            "McpIntegrationDown 0", "McpIntegrationDown 1", "McpToolFailing 0", "McpToolFailing 1", "McpServerFailing 0", "McpOperationStuck 0", "McpClientLooping 0", "McpRetriesExhausted 0",
            "McpAvailabilityBurn 0", "McpAvailabilityBurn 1", "McpLatencyBurn 0", "McpLatencyBurn 1", "McpBudgetSlowBurn 0", "McpBudgetSlowBurn 1", "McpBudgetSlowBurn 2", "McpBudgetSlowBurn 3",
            "McpNoTraffic 0", "McpCrashLoop 0", "McpChannelDown 0", "McpUncleanStop 0", "McpAlertStoreDegraded 0", "McpAlertInstancesTruncated 0", "McpAlertRuleFailing 0", "McpSeriesLimited 0",
        ];

        Assert.Equal(
            others.Order(StringComparer.Ordinal),
            (from rule in RuleCatalogue.Build(new ThresholdOptions(), [])
             from level in rule.Levels.Index()
             where !level.Item.Value.IsIntensity
             select $"{rule.Name} {level.Index}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(RuleFunction.Value, true)]
    [InlineData(RuleFunction.Rate, true)]
    [InlineData(RuleFunction.Ratio, true)]
    [InlineData(RuleFunction.Quantile, true)]
    [InlineData(RuleFunction.FractionBelow, true)]
    [InlineData(RuleFunction.Increase, false)]
    public void Function_of_a_rule_of_ones_own_is_an_intensity_or_not(RuleFunction function, bool isIntensity)
    {
        AlertRule rule = RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = "Own", Metric = "depth", Threshold = 1, Function = function, Below = TimeSpan.FromSeconds(1) }])[^1];

        Assert.Equal(isIntensity, rule.Levels[0].Value.IsIntensity);
    }

    private static RuleLevel Level(IReadOnlyList<AlertRule> rules, string name) => rules.Single(rule => rule.Name == name).Levels[0];

    private static RuleCase Find(string name) => RuleCases.All.Single(known => known.ToString() == name);
}
