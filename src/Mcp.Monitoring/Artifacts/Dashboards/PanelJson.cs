using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Writes panels as Grafana imports them.</summary>
/// <param name="texts">The language.</param>
/// <param name="shortestBar">The time of a bar at least.</param>
internal sealed class PanelJson(DashboardTexts texts, string shortestBar)
{
    private const int MostBars = 100;

    public JsonObject Heading(Row row, int id, GridPosition position) => new()
    {
        ["collapsed"] = row.IsCollapsed,
        ["gridPos"] = Of(position),
        ["id"] = id,
        ["panels"] = new JsonArray(),
        ["title"] = texts[row.Key],
        ["type"] = "row",
    };

    public JsonNode Of(Panel panel, int id, GridPosition position)
    {
        var json = new JsonObject
        {
            ["datasource"] = DashboardVariables.Chosen(),
            ["description"] = texts.Description(panel),
            ["fieldConfig"] = new FieldConfig(panel, texts).Json(),
            ["gridPos"] = Of(position),
            ["id"] = id,
            ["options"] = PanelOptions.Of(panel, SortedBy(panel)),
            ["targets"] = new JsonArray([.. panel.Targets.Select((target, i) => Of(target, panel.Kind, RefIdOf(i)))]),
            ["title"] = texts[$"{panel.Key}.title"],
            ["type"] = TypeOf(panel.Kind),
        };
        if (panel.Kind is PanelKind.Bars or PanelKind.Heatmap)
        {
            json["interval"] = shortestBar;
            json["maxDataPoints"] = MostBars;
        }

        if (panel.Kind == PanelKind.Table)
        {
            json["transformations"] = Joined(panel);
        }

        return json;
    }

    private JsonObject Of(Target target, PanelKind kind, string refId) => new JsonObject
    {
        ["datasource"] = DashboardVariables.Chosen(),
        ["editorMode"] = "code",
        ["exemplar"] = target.HasExemplars,
        ["expr"] = target.Expr,
        ["format"] = kind switch
        {
            PanelKind.Table => "table",
            PanelKind.Heatmap => "heatmap",
            _ => "time_series",
        },
        ["instant"] = target.IsInstant,
        ["legendFormat"] = texts.Legend(target.Legend),
        ["range"] = !target.IsInstant,
        ["refId"] = refId,
    };

    // Rows of all queries with the same labels become one; what is no column is left out.
    private static JsonArray Joined(Panel panel)
    {
        var order = new JsonObject();
        foreach (Column column in panel.Columns)
        {
            order[column.Field] = order.Count;
        }

        var hidden = new JsonObject { ["Time"] = true };
        foreach (string refId in Enumerable.Range(0, panel.Targets.Count).Select(RefIdOf).Where(refId => !order.ContainsKey($"Value #{refId}")))
        {
            hidden[$"Value #{refId}"] = true;
        }

        return new JsonArray(
            new JsonObject { ["id"] = "merge", ["options"] = new JsonObject() },
            new JsonObject { ["id"] = "organize", ["options"] = new JsonObject { ["excludeByName"] = hidden, ["indexByName"] = order, ["renameByName"] = new JsonObject() } });
    }

    // What there is most of stands first.
    private string SortedBy(Panel panel) => panel.Columns.FirstOrDefault(column => column.Unit is Units.Count or Units.Requests) is { } column ? texts[column.Title] : "";

    private static string RefIdOf(int index) => ((char)('A' + index)).ToString();

    private static JsonObject Of(GridPosition position) => new() { ["h"] = position.Height, ["w"] = position.Width, ["x"] = position.X, ["y"] = position.Y };

    private static string TypeOf(PanelKind kind) => kind switch
    {
        PanelKind.Stat => "stat",
        PanelKind.BarGauge => "bargauge",
        PanelKind.Table => "table",
        PanelKind.StateTimeline => "state-timeline",
        PanelKind.Heatmap => "heatmap",
        _ => "timeseries",
    };
}
