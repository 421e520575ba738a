using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>What the pages tell Prometheus, as Prometheus itself reads it, and what they show of <c>/metrics</c>.</summary>
public sealed class PrometheusBlockTests
{
    private static IReadOnlyList<CodeBlock> Queries => Pages.In("promql");

    private static IReadOnlyList<CodeBlock> ScrapeConfigurations => [.. Pages.In("yaml").Where(block => Has(block, "scrape_configs:"))];

    private static IReadOnlyList<CodeBlock> Rules => [.. Pages.In("yaml").Where(block => Has(block, "groups:"))];

    [Fact]
    public Task Scrape_configurations_are_valid() => EachPassesAsync(["check", "config"], ScrapeConfigurations, block => block.Text);

    [Fact]
    public Task Rules_are_valid() => EachPassesAsync(["check", "rules"], Rules, block => block.Text);

    [Fact]
    public Task Queries_are_valid() => EachPassesAsync(["check", "rules"], Queries, RulesOf);

    [Fact]
    public void Queries_rules_and_samples_name_metrics_of_the_catalogue_and_their_labels()
    {
        foreach (CodeBlock block in Queries.Concat(Rules).Concat(Pages.In("text")))
        {
            IReadOnlyList<string> unknown = PublishedNames.UnknownIn(block.Text);
            Assert.True(unknown.Count is 0, $"Nobody publishes {string.Join(", ", unknown)} of {block}.");
        }
    }

    [Fact]
    public async Task Sample_shows_the_series_that_the_readme_shows()
    {
        await using var sample = await Sample.StartAsync("--applicationName", "WeatherServer");
        var page = await sample.Metrics.ScrapeAsync();
        string[] series =
        [
            .. Pages.Readme.Blocks.Where(block => block.Language == "text").SelectMany(block => block.Lines)
                .Where(line => line.StartsWith("mcp_", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf(' ')]),
        ];

        Assert.All(series, one => Assert.True(page.Text.Contains($"\n{one} ", StringComparison.Ordinal), $"/metrics has no series {one}."));
        Assert.NotEmpty(series);
    }

    private static bool Has(CodeBlock block, string rootKey) => block.Lines.Any(line => line.StartsWith(rootKey, StringComparison.Ordinal));

    private static string RulesOf(CodeBlock queries) =>
        "groups:\n- name: queries\n  rules:\n" + string.Concat(queries.Lines.Select((query, i) => $"  - record: query:{i}\n    expr: >-\n      {query}\n"));

    private static async Task EachPassesAsync(string[] check, IReadOnlyList<CodeBlock> blocks, Func<CodeBlock, string> file)
    {
        Assert.NotEmpty(blocks);
        string promtool = Programs.PromtoolOrSkip();
        var folder = Directory.CreateTempSubdirectory("promtool");
        try
        {
            foreach (CodeBlock block in blocks)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, "file.yml"), file(block), TestContext.Current.CancellationToken);
                await Command.RunAsync(folder.FullName, promtool, [.. check, "file.yml"]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
