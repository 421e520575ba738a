using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Writes what a panel's numbers are: unit, limits, colours, words.</summary>
internal sealed class FieldConfig(Panel panel, DashboardTexts texts)
{
    private const int Filled = 80, LightlyFilled = 10;

    private bool IsTimeSeries => panel.Kind is PanelKind.TimeSeries or PanelKind.Bars;

    public JsonObject Json() => new() { ["defaults"] = Defaults(), ["overrides"] = new JsonArray([.. Colors(), .. OwnAxes(), .. panel.Columns.Select(Of)]) };

    private JsonObject Defaults()
    {
        var defaults = new JsonObject
        {
            ["color"] = Color(),
            ["custom"] = Custom(),
            ["mappings"] = Mappings(),
            ["noValue"] = texts[panel.Empty],
            ["thresholds"] = Thresholds(panel.Limits),
            ["unit"] = panel.Unit,
        };
        if (panel is { Unit: Units.Count, Kind: PanelKind.Stat or PanelKind.BarGauge })
        {
            defaults["decimals"] = 0;
        }

        if (!panel.IsSigned && panel.Kind is not (PanelKind.Table or PanelKind.StateTimeline))
        {
            defaults["min"] = 0;
        }

        if (panel.Max is { } max)
        {
            defaults["max"] = max;
        }

        return defaults;
    }

    private JsonObject Color() => panel.Kind switch
    {
        PanelKind.Stat or PanelKind.Table or PanelKind.StateTimeline => new() { ["mode"] = "thresholds" },
        _ => new() { ["mode"] = "palette-classic" },
    };

    private JsonObject Custom() => panel.Kind switch
    {
        PanelKind.TimeSeries or PanelKind.Bars => new()
        {
            ["drawStyle"] = panel.Kind == PanelKind.Bars ? "bars" : "line",
            ["fillOpacity"] = panel.Kind == PanelKind.Bars ? Filled : LightlyFilled,
            ["lineInterpolation"] = "linear",
            ["lineWidth"] = 1,
            ["showPoints"] = "never",
            ["spanNulls"] = false,
            ["stacking"] = new JsonObject { ["group"] = "A", ["mode"] = panel.IsStacked || panel.Kind == PanelKind.Bars ? "normal" : "none" },
            ["thresholdsStyle"] = new JsonObject { ["mode"] = panel.Limits.Count > 0 ? "dashed" : "off" },
        },
        PanelKind.StateTimeline => new() { ["fillOpacity"] = Filled, ["lineWidth"] = 0 },
        PanelKind.Table => new() { ["align"] = "auto", ["cellOptions"] = new JsonObject { ["type"] = "auto" }, ["filterable"] = true },
        _ => [],
    };

    private JsonArray Mappings()
    {
        if (panel.Mappings.Count == 0)
        {
            return [];
        }

        var options = new JsonObject();
        foreach (Mapping mapping in panel.Mappings)
        {
            options[mapping.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new JsonObject { ["color"] = mapping.Color, ["index"] = options.Count, ["text"] = texts[mapping.Word] };
        }

        return new JsonArray(new JsonObject { ["options"] = options, ["type"] = "value" });
    }

    // From the lowest: what is good below its limit begins good, what is bad below it begins bad.
    private JsonObject Thresholds(IReadOnlyList<Limit> limits)
    {
        Limit[] sorted = [.. limits.OrderBy(limit => limit.Step)];
        bool isLowBad = sorted is [{ IsLowBad: true }, ..];
        var steps = new JsonArray(Step(isLowBad ? LowColor(sorted[0]) : panel.IsAlarm || sorted.Length > 0 ? Palette.Good : Palette.Neutral, value: null));
        for (int i = 0; i < sorted.Length; i++)
        {
            string above = isLowBad ? i + 1 < sorted.Length ? LowColor(sorted[i + 1]) : Palette.Good : sorted[i].Color;
            steps.Add((JsonNode)Step(above, sorted[i].Step));
        }

        if (panel.IsAlarm && sorted.Length == 0)
        {
            steps.Add((JsonNode)Step(Palette.Bad, 1));
        }

        return new JsonObject { ["mode"] = "absolute", ["steps"] = steps };
    }

    // Below the objective that matters least it is serious, below others a warning.
    private string LowColor(Limit limit) => limit.Severity is not null ? limit.Color : limit == panel.Limits.MinBy(other => other.Value) ? Palette.Bad : Palette.Warning;

    private static JsonObject Step(string color, double? value) => new JsonObject { ["color"] = color, ["value"] = value };

    private IEnumerable<JsonNode> Colors() => Palette.Of(panel).Select(named => Override(
        "byName", named.Value, ("color", new JsonObject { ["fixedColor"] = named.Color, ["mode"] = "fixed" })));

    private IEnumerable<JsonNode> OwnAxes() => panel.Targets.Where(target => target.Unit is not null && IsTimeSeries).Select(target => Override(
        "byName", texts.Legend(target.Legend), ("unit", target.Unit!), ("custom.axisPlacement", "right")));

    private JsonNode Of(Column column)
    {
        List<(string, JsonNode)> properties = [("displayName", texts[column.Title])];
        if (column.Unit is { } unit)
        {
            properties.Add(("unit", unit));
            if (unit == Units.Count)
            {
                properties.Add(("decimals", 0));
            }
        }

        if (column.Width is { } width)
        {
            properties.Add(("custom.width", width));
        }

        if (column.Limits.Count > 0)
        {
            properties.Add(("thresholds", Thresholds(column.Limits)));
            properties.Add(("custom.cellOptions", new JsonObject { ["mode"] = "basic", ["type"] = "color-background" }));
        }

        if (column.Link is { } link)
        {
            properties.Add(("links", new JsonArray(new JsonObject { ["targetBlank"] = false, ["title"] = texts[link.Title], ["url"] = UrlOf(link) })));
        }

        return Override("byName", column.Field, [.. properties]);
    }

    // What the reader has chosen stays chosen, but for what the cell sets.
    private static string UrlOf(CellLink link)
    {
        IEnumerable<string> kept = ((string[])["datasource", "job", "service", "instance", .. link.Kept])
            .Where(name => link.Sets.All(set => set.Variable != name)).Select(name => $"${{{name}:queryparam}}");
        IEnumerable<string> set = link.Sets.Select(set => $"var-{set.Variable}=${{__data.fields.{set.Label}:percentencode}}");
        return $"/d/{link.Uid}?${{__url_time_range}}&{string.Join('&', [.. kept, .. set])}";
    }

    private static JsonObject Override(string matcher, string name, params (string Id, JsonNode Value)[] properties) => new JsonObject
    {
        ["matcher"] = new JsonObject { ["id"] = matcher, ["options"] = name },
        ["properties"] = new JsonArray([.. properties.Select(property => new JsonObject { ["id"] = property.Id, ["value"] = property.Value })]),
    };
}
