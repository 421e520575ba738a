using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>Grafana's own type definitions, asked by <c>peers/grafana/check.mjs</c>.</summary>
public sealed class GrafanaTypesTests
{
    private static readonly string Folder =
        Path.Combine(typeof(GrafanaTypesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!, "grafana");

    [Fact]
    public async Task Every_dashboard_is_one_of_Grafana() =>
        Assert.Empty(await AskAsync([.. Enum.GetValues<AlertLanguage>().SelectMany(language => DashboardQueries.Files(language)).Select(file => file.Text)]));

    [Fact]
    public async Task Dashboard_that_is_none_is_refused()
    {
        string text = DashboardQueries.Files()[0].Text;
        string title = JsonNode.Parse(text)!["title"]!.GetValue<string>();
        (string Right, string Wrong)[] mistakes =
        [
            // Names that are none.
            ("\"fieldConfig\"", "\"fieldConfg\""),
            ("\"noValue\"", "\"noValues\""),
            ("\"showLegend\"", "\"showLegends\""),
            ("\"legendFormat\"", "\"legendFromat\""),
            ("\"iconColor\"", "\"iconColour\""),
            // Values that are none of an enumeration.
            ("\"colorMode\": \"background\"", "\"colorMode\": \"backgrund\""),
            ("\"drawStyle\": \"bars\"", "\"drawStyle\": \"bar\""),
            ("\"graphTooltip\": 1", "\"graphTooltip\": 7"),
            ("\"type\": \"heatmap\"", "\"type\": \"heatmp\""),
            // A text for a number, and the other way about.
            ("\"schemaVersion\": 39", "\"schemaVersion\": \"39\""),
            ("\"refId\": \"A\"", "\"refId\": 1"),
        ];
        Assert.All(mistakes, mistake => Assert.Contains(mistake.Right, text, StringComparison.Ordinal));

        string[] refusals = await AskAsync(
        [
            .. mistakes.Select((mistake, i) => text.Replace($"\"title\": \"{title}\"", $"\"title\": \"mistake {i}\"", StringComparison.Ordinal).Replace(mistake.Right, mistake.Wrong, StringComparison.Ordinal)),
        ]);

        Assert.All(mistakes.Index(), mistake => Assert.Contains(refusals, refusal => refusal.StartsWith($"mistake {mistake.Index}:", StringComparison.Ordinal)));
    }

    /// <summary>Says what Grafana's types say against dashboards.</summary>
    private static async Task<string[]> AskAsync(IReadOnlyList<string> dashboards)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(Directory.Exists(Path.Combine(Folder, "node_modules", "@grafana", "schema")), $"The npm package @grafana/schema is not installed. Run npm ci in {Folder}.");
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new JsonArray([.. dashboards.Select(dashboard => JsonNode.Parse(dashboard))]).ToJsonString(), TestContext.Current.CancellationToken);
            using var answer = JsonDocument.Parse(await Command.RunAsync(Folder, node, Path.Combine(Folder, "check.mjs"), file));
            return [.. answer.RootElement.EnumerateArray().Select(refusal => $"{refusal.GetProperty("part")}: {refusal.GetProperty("message")}")];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
