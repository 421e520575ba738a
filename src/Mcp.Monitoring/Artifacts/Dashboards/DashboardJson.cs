using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>Writes a dashboard as Grafana imports it.</summary>
internal sealed class DashboardJson(DashboardSource source, DashboardTexts texts, IReadOnlyList<Dashboard> all)
{
    private const int Schema = 39;

    private static readonly JsonWriterOptions Written = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PanelJson _panels = new(texts, source.FourScrapes);

    public string Write(Dashboard dashboard)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Written))
        {
            Of(dashboard).WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private JsonObject Of(Dashboard dashboard) => new()
    {
        ["annotations"] = new JsonObject { ["list"] = DashboardAnnotations.Of(source, texts) },
        ["description"] = texts[$"{dashboard.Key}.text"],
        ["editable"] = false,
        ["fiscalYearStartMonth"] = 0,
        ["graphTooltip"] = 1,
        ["links"] = new JsonArray([.. all.Where(other => other != dashboard).Select(Link)]),
        ["panels"] = Panels(dashboard),
        ["refresh"] = "30s",
        ["schemaVersion"] = Schema,
        ["tags"] = new JsonArray("mcp", "mcp-monitoring"),
        ["templating"] = new JsonObject { ["list"] = DashboardVariables.Of(dashboard, source, texts) },
        ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
        ["timepicker"] = new JsonObject(),
        ["timezone"] = "browser",
        ["title"] = texts[$"{dashboard.Key}.title"],
        ["uid"] = dashboard.Uid,
        ["version"] = 1,
    };

    private JsonNode Link(Dashboard other) => new JsonObject
    {
        ["asDropdown"] = false,
        ["icon"] = "dashboard",
        ["includeVars"] = true,
        ["keepTime"] = true,
        ["tags"] = new JsonArray(),
        ["targetBlank"] = false,
        ["title"] = texts[$"{other.Key}.title"],
        ["tooltip"] = texts[$"{other.Key}.text"],
        ["type"] = "link",
        ["url"] = $"/d/{other.Uid}",
    };

    // A closed row holds its panels, an open one stands before them.
    private JsonArray Panels(Dashboard dashboard)
    {
        var panels = new JsonArray();
        var layout = new GridLayout();
        int id = 0;
        foreach (Row row in dashboard.Rows)
        {
            JsonObject heading = _panels.Heading(row, ++id, layout.Heading());
            JsonNode[] own = [.. row.Panels.Select(panel => _panels.Of(panel, ++id, layout.Place(panel)))];
            panels.Add((JsonNode)heading);
            JsonArray holder = row.IsCollapsed ? heading["panels"]!.AsArray() : panels;
            foreach (JsonNode panel in own)
            {
                holder.Add(panel);
            }
        }

        return panels;
    }
}
