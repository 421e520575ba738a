using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The pages that promise everything have everything: every setting with its default, every rule with its severities.</summary>
public sealed partial class ReferenceTests
{
    // Shown as examples, or shortened.
    private static readonly string[] Examples =
    [
        "Clients:Names", "Alerts:Storage:Path", "Alerts:Rules", "Alerts:Slos", "Alerts:Routes", "Alerts:Silences", "Alerts:Maintenance", "Alerts:Escalation",
    ];

    // The page's, and that of a sample.
    private const string File = "docs/monitoring.yaml", OfSample = "samples/OneCServer/monitoring.yaml";

    private static MarkdownTable Catalogue => Pages.All.Single(page => page.Name == "docs/alerts.md").Tables.Single(table => table.Columns[0] == "alert");

    [Fact]
    public void Catalogue_lists_every_rule_once()
    {
        string[] rows = [.. Catalogue.Rows.SelectMany(row => MarkdownTable.CodeIn(row[0]))];

        Assert.Equal(RuleCatalogue.Names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Catalogue_tells_every_severity_of_a_rule_and_whether_it_is_off()
    {
        string[] wrong =
        [
            .. from rule in RuleCatalogue.Build(new ThresholdOptions(), [])
               let row = Catalogue.Rows.Single(row => row[0] == $"`{rule.Name}`")
               let said = Word().Matches(row[1] + " " + row[2].ToLowerInvariant()).Select(word => word.Value).ToHashSet(StringComparer.Ordinal)
               let severities = rule.Levels.Select(level => level.Severity.ToString().ToLowerInvariant()).Distinct(StringComparer.Ordinal)
               where !severities.All(said.Contains) || said.Contains("off") == rule.IsEnabled
               select $"{rule.Name}: {string.Join(", ", severities)}{(rule.IsEnabled ? "" : ", off")}",
        ];

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(File)]
    [InlineData(OfSample)]
    public void Configuration_shows_every_setting(string file)
    {
        string[] shown = [.. PathsOf(System.IO.File.ReadAllLines(Path.Combine(Repository.Root, file)))];

        Assert.Empty(All(new McpMonitoringOptions(), "").Except(shown, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(File)]
    [InlineData(OfSample)]
    public void Configuration_shows_defaults(string file)
    {
        Dictionary<string, object?> expected = SettingsTree.Values(new McpMonitoringOptions());
        using ServiceProvider services = new ServiceCollection().AddMcpMonitoring(Path.Combine(Repository.Root, file)).BuildServiceProvider();
        Dictionary<string, object?> shown = SettingsTree.Values(services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value);

        Assert.Empty(expected.Keys.Except(Examples).Where(path => !Equal(expected[path], shown[path])).Select(path => $"{path} is {expected[path]}, and {shown[path]} on the page"));
    }

    [Fact]
    public void Page_shows_the_file() =>
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(Repository.Root, File)).TrimEnd(), Pages.All.Single(page => page.Name == "docs/configuration.md").Blocks.First(block => block.Language == "yaml").Text.TrimEnd());

    private static bool Equal(object? one, object? other) => one is string[] list ? other is string[] items && list.SequenceEqual(items) : Equals(one, other);

    private static IEnumerable<string> All(ISettings section, string under) => SettingsTree.Settings(section).SelectMany(found =>
        (string[])[under + found.Path, .. found.Setting.Create is { } create ? All(create(), $"{under}{found.Path}:") : []]);

    // A setting that is commented out counts as well: "# port: 9464".
    private static IEnumerable<string> PathsOf(IEnumerable<string> lines)
    {
        var open = new Stack<Group>();
        foreach (Group key in lines.Select(text => Key().Match(Comment().Replace(text, "", count: 1))).Where(match => match.Success).Select(match => match.Groups["key"]))
        {
            while (open.TryPeek(out Group? last) && last.Index >= key.Index)
            {
                open.Pop();
            }

            open.Push(key);
            string path = string.Join(':', open.Reverse().Select(part => part.Value.Replace("_", "", StringComparison.Ordinal)));

            // A secret may be shown as the file that holds it.
            yield return path.EndsWith("file", StringComparison.Ordinal) ? path[..^"file".Length] : path;
        }
    }

    [GeneratedRegex("# ", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^ *(- )?(?<key>[a-z_]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Word();
}
