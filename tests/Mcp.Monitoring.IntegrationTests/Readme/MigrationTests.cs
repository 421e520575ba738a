using System.Reflection;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>What the page for those who come from the Python package says works, works; what it says comes later, has not come yet.</summary>
public sealed partial class MigrationTests
{
    private const string Works = "works", Later = "later";

    private static readonly HashSet<string> Metrics = PublishedNames.Catalogue.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Every_row_has_a_state()
    {
        foreach (var table in MigrationPage.Page.Tables)
        {
            Assert.Equal("state", table.Columns[^1]);
            Assert.All(table.Rows, row => Assert.True(row[^1] is Works or Later, $"{row[^1]} is no state."));
        }
    }

    [Fact]
    public void Metrics_that_work_are_in_the_catalogue()
    {
        Assert.Subset(Metrics, MetricsIn(MigrationPage.New("Metrics", Works)));
        Assert.Subset(Metrics, MetricsIn(MigrationPage.Code("Keys", "what it does here", Works)));
    }

    [Fact]
    public void Metrics_that_come_later_are_not_in_the_catalogue()
    {
        Assert.DoesNotContain(MetricsIn(MigrationPage.New("Metrics", Later)), Metrics.Contains);
    }

    [Fact]
    public void Every_call_that_works_is_public()
    {
        Assert.All(NamesIn(MigrationPage.New("Calls", Works)), name => Assert.True(IsPublic(name), $"{name} is not public, so it does not work."));
    }

    [Fact]
    public void No_call_that_comes_later_is_public()
    {
        Assert.All(NamesIn(MigrationPage.New("Calls", Later)), name => Assert.False(IsPublic(name), $"{name} is public: it works now."));
    }

    [Fact]
    public void Every_key_is_that_of_an_option()
    {
        string[] keys = [.. MigrationPage.Code("Keys", "key", Works), .. MigrationPage.Code("Variables", "key", Works)];

        Assert.All(keys, key => Assert.True(OptionOf(key) is not null, $"No option has the key {key}."));
        Assert.NotEmpty(keys);
    }

    private static HashSet<string> MetricsIn(IEnumerable<string> code) =>
        code.Where(name => name.StartsWith("mcp_", StringComparison.Ordinal) && name is not "mcp_service").ToHashSet(StringComparer.Ordinal);

    // AddMcpMonitoring("monitoring.yaml"), [MonitorMcpOperation], IMcpMonitor.Begin(…): the last name, and the type it belongs to.
    private static IEnumerable<(string? Type, string Name)> NamesIn(IEnumerable<string> code) =>
        code.Select(text => Name().Match(text)).Where(match => match.Success)
            .Select(match => (match.Groups["type"].Success ? match.Groups["type"].Value : null, match.Groups["name"].Value));

    private static bool IsPublic((string? Type, string Name) name)
    {
        Type[] types = [.. typeof(McpMonitor).Assembly.GetExportedTypes().Where(type => name.Type is null || type.Name == name.Type)];
        return types.Any(type => type.GetMembers().Any(member => member.Name == name.Name))
            || (name.Type is null && types.Any(type => type.Name == name.Name || type.Name == name.Name + "Attribute"));
    }

    private static Type? OptionOf(string key)
    {
        Type? option = typeof(McpMonitoringOptions);
        foreach (string part in key.Split('.'))
        {
            option = option?.GetProperty(part.Replace("_", "", StringComparison.Ordinal), BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
        }

        return option;
    }

    [GeneratedRegex(@"^\[?((?<type>[A-Z]\w+)\.)?(?<name>[A-Z]\w+)(\]|\(.*\))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
