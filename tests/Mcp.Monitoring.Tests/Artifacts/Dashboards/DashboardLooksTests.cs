using System.Text.Json;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>How the dashboards are laid out, coloured and linked.</summary>
public partial class DashboardLooksTests
{
    private static IReadOnlyList<ReadDashboard> Dashboards => GeneratedDashboards.All;

    [Fact]
    public void Dashboards_have_an_identity_of_their_own_and_none_of_a_Grafana() => Assert.All(Dashboards, dashboard =>
    {
        Assert.Matches("^mcp-[a-z-]+$", dashboard.Uid);
        Assert.Equal((39, 1), (dashboard.Json.GetProperty("schemaVersion").GetInt32(), dashboard.Json.GetProperty("version").GetInt32()));
        Assert.False(dashboard.Json.TryGetProperty("id", out _));
        Assert.DoesNotContain("__inputs", dashboard.Text, StringComparison.Ordinal);
        Assert.NotEmpty(dashboard.Json.GetProperty("tags").EnumerateArray());
    });

    [Fact]
    public void Text_is_the_same_on_every_machine() => Assert.All(Dashboards, dashboard =>
    {
        Assert.EndsWith("}\n", dashboard.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', dashboard.Text);
        Assert.StartsWith("{\n  \"annotations\": {\n    \"list\": [", dashboard.Text, StringComparison.Ordinal);
        Assert.Equal(dashboard.Text, GeneratedDashboards.Of(GeneratedDashboards.Inputs(dashboard.Name.EndsWith("(Ru)", StringComparison.Ordinal) ? AlertLanguage.Ru : AlertLanguage.En)).First(again => again.Uid == dashboard.Uid).Text);
    });

    [Fact]
    public void Titles_and_numbers_of_panels_are_unique_in_a_dashboard() => Assert.All(Dashboards, dashboard =>
    {
        Assert.Distinct(dashboard.Panels.Select(panel => panel.Title));
        Assert.Distinct(dashboard.Placed.Select(panel => panel.GetProperty("id").GetInt32()));
    });

    [Fact]
    public void Panels_fill_the_grid_and_do_not_overlap() => Assert.All(Dashboards, dashboard =>
    {
        (int X, int Y)[] cells = [.. dashboard.Placed.SelectMany(Cells)];
        Assert.Distinct(cells);
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));

        // No row of the page is empty.
        Assert.Equal(cells.Max(cell => cell.Y) + 1, cells.Select(cell => cell.Y).Distinct().Count());
    });

    [Fact]
    public void Limits_are_those_of_alerts_and_objectives()
    {
        ArtifactInputs inputs = GeneratedDashboards.Inputs();
        double[] known =
        [
            .. inputs.Rules.SelectMany(rule => rule.Levels).Select(level => level.Limit.ToPromQL([])).Select(limit => double.Parse(limit, System.Globalization.CultureInfo.InvariantCulture)),
            .. inputs.Objectives.Select(objective => (double)objective.Target),
            // More than nothing, of what is counted.
            1,
        ];

        Assert.All(GeneratedDashboards.Panels, panel => Assert.Empty(panel.Steps.Except(known)));
    }

    [Theory]
    [InlineData("overview.failed", new[] { 0.001, 0.07 })]
    [InlineData("overview.p95", new[] { 0.3 })]
    [InlineData("overview.p99", new[] { 0.9 })]
    [InlineData("overview.active", new[] { 7.0 })]
    [InlineData("overview.slowest", new[] { 0.9 })]
    [InlineData("overview.burn_fast", new[] { 6, 14.4 })]
    [InlineData("overview.within", new[] { 0.95, 0.99 })]
    // It is off.
    [InlineData("storage.cache_hits", new double[0])]
    public void Limits_follow_the_thresholds(string panel, double[] expected)
    {
        var thresholds = new ThresholdOptions { ErrorRateThreshold = 0.07, ResponseTimeThresholdMs = 300, ResponseTimeAlertMs = 900, ActiveRequests = 7 };
        ArtifactInputs inputs = GeneratedDashboards.Inputs() with { Thresholds = thresholds, Rules = RuleCatalogue.Build(thresholds, []) };

        Assert.Equal(expected, GeneratedDashboards.Panel(panel, inputs).Steps);
    }

    [Fact]
    public void Description_says_which_alert_judges_by_a_limit()
    {
        Assert.EndsWith(
            "Limit of McpErrorTargetMissed (low): 0.1 %. Limit of McpErrorRatioHigh (medium): 1 %.",
            GeneratedDashboards.Panel("overview.failed", GeneratedDashboards.Inputs()).Json.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "Порог McpLatencyTargetMissed (несрочно): 200 мс.",
            GeneratedDashboards.Panel("overview.p95", GeneratedDashboards.Inputs(AlertLanguage.Ru)).Json.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What is below the limit of a share of hits is bad, what is above it is good.</summary>
    [Fact]
    public void Limit_that_is_bad_below_begins_with_its_colour()
    {
        ReadPanel panel = GeneratedDashboards.Panel("storage.cache_hits", GeneratedDashboards.Inputs() with { Rules = RuleCatalogue.Build(new ThresholdOptions(), [new() { Name = "McpCacheHitsLow", Enabled = true }]) });

        Assert.Equal(["blue", "green"], panel.Defaults.GetProperty("thresholds").GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("color").GetString()));
        Assert.Contains("Limit of McpCacheHitsLow (low): 50 %.", panel.Json.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Same_name_has_the_same_colour_everywhere()
    {
        var colors = GeneratedDashboards.Panels.SelectMany(panel => panel.Overrides).SelectMany(change => change.GetProperty("properties").EnumerateArray()
            .Where(property => property.GetProperty("id").GetString() == "color")
            .Select(property => (Name: change.GetProperty("matcher").GetProperty("options").GetString(), Color: property.GetProperty("value").GetProperty("fixedColor").GetString()))).Distinct().ToArray();

        Assert.Distinct(colors.Select(color => color.Name));
        Assert.Superset(new HashSet<string?>(["success", "server_error", "client_error", "tool_error", "validation", "integration", "critical", "p95"]), colors.Select(color => color.Name).ToHashSet());
    }

    [Fact]
    public void Links_lead_to_dashboards_that_are_here_and_keep_time_and_variables() => Assert.All(Dashboards, dashboard =>
    {
        string[] known = [.. Dashboards.Select(other => other.Uid)];
        JsonElement[] links = [.. dashboard.Json.GetProperty("links").EnumerateArray()];
        Assert.Equal(known.Distinct().Where(uid => uid != dashboard.Uid).Select(uid => $"/d/{uid}").Order(), links.Select(link => link.GetProperty("url").GetString()).Order());
        Assert.All(links, link => Assert.True(link.GetProperty("keepTime").GetBoolean() && link.GetProperty("includeVars").GetBoolean()));
        foreach (Match cell in CellLink().Matches(dashboard.Text))
        {
            Assert.Contains(cell.Groups["uid"].Value, known);
            Assert.Contains("${__url_time_range}&${datasource:queryparam}", cell.Value, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Cells_of_operations_lead_to_their_errors()
    {
        ReadPanel table = GeneratedDashboards.Panel("overview.operations", GeneratedDashboards.Inputs());

        Assert.Contains(
            "/d/mcp-error-analysis?${__url_time_range}&${datasource:queryparam}&${job:queryparam}&${service:queryparam}&${instance:queryparam}&var-operation=${__data.fields.operation:percentencode}",
            table.Overrides.Select(change => change.ToString()).Single(change => change.Contains("\"options\": \"operation\"", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_narrow_by_one_variable_keep_the_other()
    {
        string[] changes = [.. GeneratedDashboards.Panel("errors.kinds", GeneratedDashboards.Inputs()).Overrides.Select(change => change.ToString())];

        Assert.Contains(changes, change => change.Contains("&${error_type:queryparam}&var-operation=${__data.fields.operation:percentencode}\"", StringComparison.Ordinal));
        Assert.Contains(changes, change => change.Contains("&${operation:queryparam}&var-error_type=${__data.fields.error_type:percentencode}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Columns_of_tables_are_labels_or_numbers_of_their_queries() => Assert.All(GeneratedDashboards.Panels.Where(panel => panel.Type == "table"), panel =>
    {
        string[] known = [.. panel.Targets.SelectMany(target => PromQLText.Labels(target.Expr) ?? Enumerable.Empty<string>()), .. panel.Targets.Select(target => $"Value #{target.Json.GetProperty("refId").GetString()}")];
        Assert.Empty(panel.Data.Columns.Select(column => column.Field).Except(known, StringComparer.Ordinal));
    });

    [Fact]
    public void Empty_panels_say_what_that_means() => Assert.All(GeneratedDashboards.Panels, panel => Assert.NotEmpty(panel.Defaults.GetProperty("noValue").GetString()!));

    private static IEnumerable<(int X, int Y)> Cells(JsonElement panel)
    {
        JsonElement position = panel.GetProperty("gridPos");
        (int x, int y) = (position.GetProperty("x").GetInt32(), position.GetProperty("y").GetInt32());
        return from column in Enumerable.Range(x, position.GetProperty("w").GetInt32()) from row in Enumerable.Range(y, position.GetProperty("h").GetInt32()) select (column, row);
    }

    [GeneratedRegex("""/d/(?<uid>[\w-]+)\?[^"]*""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CellLink();
}
