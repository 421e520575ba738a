using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>What the pages tell Prometheus, as Prometheus itself reads it, and what they show of <c>/metrics</c>.</summary>
public sealed class PrometheusBlockTests
{
    [Fact]
    public Task Scrape_configurations_are_valid() =>
        EachPassesAsync(["check", "config"], ReadmeBlocks.ScrapeConfiguration.Text, MigrationPage.ScrapeConfiguration.Text);

    [Fact]
    public Task Rules_are_valid() => EachPassesAsync(["check", "rules"], MigrationPage.Rules.Text);

    [Fact]
    public Task Queries_are_valid() => EachPassesAsync(["check", "rules"], RulesOf(ReadmeBlocks.Queries), RulesOf(MigrationPage.Queries));

    [Fact]
    public void Queries_and_rules_name_metrics_of_the_catalogue_and_their_labels()
    {
        foreach (var block in new[] { ReadmeBlocks.Queries, MigrationPage.Queries, MigrationPage.Rules })
        {
            Assert.Empty(PublishedNames.UnknownIn(block.Text));
        }
    }

    [Fact]
    public async Task Sample_shows_the_series_that_the_readme_shows()
    {
        await using var sample = await Sample.StartAsync("--applicationName", "WeatherServer");
        var page = await sample.Metrics.ScrapeAsync();

        foreach (string line in ReadmeBlocks.SampleMetrics.Lines)
        {
            string series = line[..line.LastIndexOf(' ')];
            Assert.True(page.Text.Contains($"\n{series} ", StringComparison.Ordinal), $"/metrics has no series {series}.");
        }
    }

    private static string RulesOf(CodeBlock queries) =>
        "groups:\n- name: queries\n  rules:\n" + string.Concat(queries.Lines.Select((query, i) => $"  - record: query:{i}\n    expr: >-\n      {query}\n"));

    private static async Task EachPassesAsync(string[] check, params string[] texts)
    {
        string promtool = Programs.PromtoolOrSkip();
        var folder = Directory.CreateTempSubdirectory("promtool");
        try
        {
            foreach (string text in texts)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "file.yml"), text, TestContext.Current.CancellationToken);
                await Command.RunAsync(folder.FullName, promtool, [.. check, "file.yml"]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
