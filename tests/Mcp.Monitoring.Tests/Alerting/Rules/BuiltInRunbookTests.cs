using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerting.Rules.World;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Alerting.Rules;

/// <summary>Where an alert says what to do: the rule's own setting, then the attribute of the operation, then the section of the runbooks.</summary>
public class BuiltInRunbookTests
{
    private const string Page = "https://wiki.example/RUNBOOKS.md", OfOperation = "https://wiki.example/orders", OfRule = "https://wiki.example/rule";

    [Theory]
    [InlineData(Page, null, null, Page + "#mcptoolfailing")]
    [InlineData(Page, OfOperation, null, OfOperation)]
    [InlineData(Page, OfOperation, OfRule, OfRule)]
    [InlineData(Page, null, OfRule, OfRule)]
    [InlineData(null, OfOperation, null, OfOperation)]
    [InlineData(null, null, null, null)]
    public void Nearest_runbook_is_said(string? page, string? ofOperation, string? ofRule, string? expected)
    {
        var world = new RuleWorld();
        world.Evaluator.Use(RuleCatalogue.Build(new ThresholdOptions(), ofRule is null ? [] : [new AlertRuleOptions { Name = "McpToolFailing", Runbook = ofRule }], runbooks: page));
        world.Describe("get_order", new OperationTraits(Runbook: ofOperation));
        world.Minutes(5);
        world.Minutes(5, 2, () => world.Fail("get_order"));

        Assert.Equal(expected, world.Said("McpToolFailing").Runbook);
    }

    [Fact]
    public void Every_rule_of_the_catalogue_has_a_section_and_the_users_own_has_none()
    {
        IReadOnlyList<AlertRule> rules = RuleCatalogue.Build(new ThresholdOptions(), [new AlertRuleOptions { Name = "Own", Metric = "depth", Threshold = 1 }], runbooks: Page);

        Assert.All(rules.Where(rule => rule.Name != "Own"), rule => Assert.Equal($"{Page}#{rule.Name.ToLowerInvariant()}", rule.BuiltInRunbook));
        Assert.Null(rules[^1].BuiltInRunbook);
    }

    [Fact]
    public void Page_is_the_one_of_the_settings()
    {
        var options = new McpMonitoringOptions();
        using var host = new TestHost();
        Assert.Null(McpMonitoringServiceCollectionExtensions.AlertsOf(host.Services, options).Runbooks);

        options.Artifacts.RunbookUrl = Page;

        Assert.Equal(Page, McpMonitoringServiceCollectionExtensions.AlertsOf(host.Services, options).Runbooks);
    }
}
