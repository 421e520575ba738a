using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>How a panel of each kind draws.</summary>
internal static class PanelOptions
{
    // Narrower ones have no room for the numbers beside the names.
    private const int LeastOfTable = 8;

    /// <param name="panel">The panel.</param>
    /// <param name="sortedBy">The title of the column that its rows are sorted by, of a table.</param>
    public static JsonObject Of(Panel panel, string sortedBy) => panel.Kind switch
    {
        PanelKind.Stat => new()
        {
            ["colorMode"] = HasColors(panel) ? "background" : "value",
            ["graphMode"] = "none",
            ["justifyMode"] = "auto",
            ["orientation"] = "auto",
            ["percentChangeColorMode"] = "standard",
            ["reduceOptions"] = LastValue(),
            ["showPercentChange"] = false,
            ["textMode"] = "value",
            ["wideLayout"] = true,
        },
        PanelKind.BarGauge => new()
        {
            ["displayMode"] = "gradient",
            ["legend"] = Legend([], "list", isShown: false),
            ["maxVizHeight"] = 300,
            ["minVizHeight"] = 16,
            ["minVizWidth"] = 8,
            ["namePlacement"] = "auto",
            ["orientation"] = "horizontal",
            ["reduceOptions"] = LastValue(),
            ["showUnfilled"] = true,
            ["sizing"] = "auto",
            ["valueMode"] = "color",
        },
        PanelKind.Table => new()
        {
            ["cellHeight"] = "sm",
            ["frameIndex"] = 0,
            ["showHeader"] = true,
            ["sortBy"] = new JsonArray(new JsonObject { ["displayName"] = sortedBy, ["desc"] = true }),
        },
        PanelKind.StateTimeline => new()
        {
            ["alignValue"] = "left",
            ["legend"] = Legend([], "list", isShown: false),
            ["mergeValues"] = true,
            ["rowHeight"] = 0.9,
            ["showValue"] = "auto",
            ["tooltip"] = Tooltip("single", "none"),
        },
        PanelKind.Heatmap => new()
        {
            ["calculate"] = false,
            ["cellGap"] = 1,
            ["cellValues"] = new JsonObject { ["unit"] = Units.Count },
            ["color"] = new JsonObject
            {
                ["exponent"] = 0.5,
                ["fill"] = "dark-orange",
                ["mode"] = "scheme",
                ["reverse"] = false,
                ["scale"] = "exponential",
                ["scheme"] = "Blues",
                ["steps"] = 64,
            },
            ["exemplars"] = new JsonObject { ["color"] = "rgba(255,0,255,0.7)" },
            ["filterValues"] = new JsonObject { ["le"] = 1e-9 },
            ["legend"] = new JsonObject { ["show"] = true },
            ["rowsFrame"] = new JsonObject { ["layout"] = "auto" },
            ["showValue"] = "never",
            ["tooltip"] = new JsonObject { ["mode"] = "single", ["showColorScale"] = false, ["yHistogram"] = true },
            ["yAxis"] = new JsonObject { ["axisPlacement"] = "left", ["reverse"] = false, ["unit"] = panel.Unit },
        },
        _ => new()
        {
            ["legend"] = Legend(panel.Kind == PanelKind.Bars ? new JsonArray("sum") : new JsonArray("lastNotNull", "max"), panel.Width < LeastOfTable ? "list" : "table", isShown: true),
            ["tooltip"] = Tooltip("multi", "desc"),
        },
    };

    private static bool HasColors(Panel panel) => panel.Limits.Count + panel.Mappings.Count > 0 || panel.IsAlarm;

    private static JsonObject Legend(JsonArray numbers, string mode, bool isShown) =>
        new() { ["calcs"] = numbers, ["displayMode"] = mode, ["placement"] = "bottom", ["showLegend"] = isShown };

    private static JsonObject LastValue() => new() { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false };

    private static JsonObject Tooltip(string mode, string sort) => new() { ["mode"] = mode, ["sort"] = sort };
}
