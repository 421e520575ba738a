using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Artifacts.Runbooks;

/// <summary>What is under the headings: the rules as they are configured.</summary>
public class RuleFactsTests
{
    private const string Folder = "tests/Mcp.Monitoring.Tests/Artifacts/Runbooks";

    public static TheoryData<AlertLanguage> Languages() => [.. Enum.GetValues<AlertLanguage>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Numbers_of_every_rule_are_under_its_heading(AlertLanguage language)
    {
        string page = RunbookInputs.Page(language);

        GoldenFile.Check(
            $"{Folder}/Facts.{language.ToString().ToLowerInvariant()}.txt",
            RuleCatalogue.Names.SelectMany(alert => Facts(RunbookSections.Of(page, alert)).Prepend(alert)));
    }

    [Fact]
    public void Numbers_are_those_that_the_user_has_set()
    {
        string section = RunbookSections.Of(
            RunbookInputs.Page(
                AlertLanguage.En, "mcp",
                new AlertRuleOptions { Name = "McpDbPoolExhausted", Severity = AlertSeverity.Critical, For = TimeSpan.FromMinutes(7), KeepFiringFor = TimeSpan.FromMinutes(11), Threshold = 13, Enabled = false }),
            "McpDbPoolExhausted");

        Assert.Contains("| `critical` | 7 min | 11 min |", section, StringComparison.Ordinal);
        Assert.Contains("sum by (job, mcp_service, dependency) (last_over_time(mcp_db_connections_waiting[2m])) > 13", section, StringComparison.Ordinal);
        Assert.Contains("Off, until `enabled: true`", section, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_no_metric_has_no_condition()
    {
        string page = RunbookInputs.Page();

        Assert.All(
            RuleCatalogue.Build(new ThresholdOptions(), []),
            rule => Assert.Equal(rule.IsInProcessOnly ? 0 : rule.Levels.Count + (rule.Raise is null ? 0 : 1), RunbookSections.Of(page, rule.Name).Split("```text\n").Length - 1));
    }

    // Conditions are in a file of their own: the catalogue.
    private static IEnumerable<string> Facts(string section) => section.Split("<details>")[0].Split("**")[0].Split('\n')
        .Where(line => line.Length > 0 && !line.StartsWith("|---", StringComparison.Ordinal))
        .Select(line => $"  {line}");
}
