using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Configuration;

public class ArtifactRulesTests
{
    // As long as any link of an alert.
    private static readonly string Longest = "https://grafana.example.com/".PadRight(2_000, 'x');

    public static TheoryData<string?, bool> Links => new()
    {
        { null, true },
        { "https://wiki.example.com/runbooks#top", true },
        { "http://grafana", true },
        { Longest, true },
        { Longest + "x", false },
        { "", false },
        { "grafana.example.com", false },
        { "/d/mcp", false },
        { "ftp://grafana.example.com", false },
        { "javascript:alert(1)", false },
        { "file:///etc/passwd", false },
    };

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Team_has_1_to_64_characters(int length, bool valid)
    {
        string team = new('x', length);
        OptionsRules.Judge("Artifacts:Team", $"\"{team}\"", valid, options => options.Artifacts.Team = team);
    }

    [Fact]
    public void Team_that_is_no_text_at_all_is_a_fault() => OptionsRules.Judge("Artifacts:Team", "\"\"", valid: false, options => options.Artifacts.Team = null!);

    [Theory]
    [MemberData(nameof(Links))]
    public void Runbook_url_is_a_web_address(string? link, bool valid) =>
        OptionsRules.Judge("Artifacts:RunbookUrl", $"\"{link}\"", valid, options => options.Artifacts.RunbookUrl = link);

    [Theory]
    [MemberData(nameof(Links))]
    public void Grafana_url_is_a_web_address(string? link, bool valid) =>
        OptionsRules.Judge("Artifacts:GrafanaUrl", $"\"{link}\"", valid, options => options.Artifacts.GrafanaUrl = link);

    [Theory]
    [InlineData("language: [ru]", "language")]
    [InlineData("language: de", "language")]
    [InlineData("team: ''", "team")]
    [InlineData("runbook_url: wiki", "runbook_url")]
    [InlineData("grafana_url: /d", "grafana_url")]
    [InlineData("scrape_interval: 0s", "scrape_interval")]
    [InlineData("scrape_interval: often", "scrape_interval")]
    [InlineData("scrape_intervall: 15s", "scrape_intervall")]
    public void Fault_of_a_file_is_told_with_its_place_and_a_remedy(string line, string key)
    {
        string fault = Assert.Single(Configured.Faults($"artifacts:\n  {line}\n"));

        Assert.StartsWith($"monitoring.yaml:2:3 artifacts.{key} is ", fault, StringComparison.Ordinal);
        Assert.Matches(@"\. [A-Z].+[.?]$", fault);
    }

    [Fact]
    public void File_sets_all_of_them()
    {
        ArtifactOptions artifacts = Configured.Load("artifacts: { language: ru, team: orders, runbook_url: 'https://wiki/r', grafana_url: 'http://grafana:3000', scrape_interval: 30s }").Artifacts;

        Assert.Equal(
            (AlertLanguage.Ru, "orders", "https://wiki/r", "http://grafana:3000", TimeSpan.FromSeconds(30)),
            (artifacts.Language, artifacts.Team, artifacts.RunbookUrl, artifacts.GrafanaUrl, artifacts.ScrapeInterval));
    }
}
