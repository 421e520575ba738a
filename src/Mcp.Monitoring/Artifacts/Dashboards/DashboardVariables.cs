using System.Text.Json.Nodes;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>What a reader chooses: the data source, then whose numbers are shown.</summary>
internal static class DashboardVariables
{
    /// <summary>The data source that is chosen.</summary>
    public const string DataSource = "${datasource}";

    // Their labels are the names of labels, and those have no other language.
    private static IEnumerable<Variable> Common(DashboardSource source)
    {
        string build = MetricNames.BuildInfo.NameWith(source.Prefix);
        yield return new("job", "Job", $"label_values({build}, job)", ".+");

        // With prometheus.service_label off no series has the label: what asks for one character at least would find nothing then.
        yield return new("service", "Service", $"label_values({build}{{job=~\"$job\"}}, mcp_service)", ".*");
        yield return new("instance", "Instance", $"label_values({build}{{job=~\"$job\", mcp_service=~\"$service\"}}, instance)", ".+");
    }

    public static JsonArray Of(Dashboard dashboard, DashboardSource source, DashboardTexts texts) =>
        new([OfDataSource(), .. Common(source).Select(variable => Of(variable, variable.Label)), .. dashboard.Variables.Select(variable => Of(variable, texts[variable.Label]))]);

    /// <summary>Names the data source of a panel or a query.</summary>
    public static JsonObject Chosen() => new() { ["type"] = "prometheus", ["uid"] = DataSource };

    private static JsonObject OfDataSource() => new JsonObject
    {
        ["current"] = new JsonObject { ["selected"] = false, ["text"] = "default", ["value"] = "default" },
        ["hide"] = 0,
        ["includeAll"] = false,
        ["label"] = "Data source",
        ["multi"] = false,
        ["name"] = "datasource",
        ["options"] = new JsonArray(),
        ["query"] = "prometheus",
        ["refresh"] = 1,
        ["regex"] = "",
        ["skipUrlSync"] = false,
        ["type"] = "datasource",
    };

    private static JsonObject Of(Variable variable, string label) => new JsonObject
    {
        ["allValue"] = variable.AllValue,
        ["current"] = new JsonObject { ["selected"] = true, ["text"] = new JsonArray("All"), ["value"] = new JsonArray("$__all") },
        ["datasource"] = Chosen(),
        ["hide"] = 0,
        ["includeAll"] = true,
        ["label"] = label,
        ["multi"] = true,
        ["name"] = variable.Name,
        ["options"] = new JsonArray(),
        ["query"] = new JsonObject { ["query"] = variable.Query, ["refId"] = "StandardVariableQuery" },
        ["refresh"] = 2,
        ["regex"] = "",
        ["skipUrlSync"] = false,
        ["sort"] = 1,
        ["type"] = "query",
    };
}
