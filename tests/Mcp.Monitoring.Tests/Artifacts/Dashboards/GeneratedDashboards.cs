using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Dashboards;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>The dashboards as Grafana reads them, in both languages.</summary>
internal static class GeneratedDashboards
{
    private static readonly Lazy<IReadOnlyList<ReadDashboard>> Read = new(() => [.. Enum.GetValues<AlertLanguage>().SelectMany(language => Of(Inputs(language)))]);

    public static IReadOnlyList<ReadDashboard> All => Read.Value;

    /// <summary>Gets every panel that asks something, of all dashboards.</summary>
    public static IReadOnlyList<ReadPanel> Panels => [.. All.SelectMany(dashboard => dashboard.Panels)];

    public static ArtifactInputs Inputs(AlertLanguage language = AlertLanguage.En, string prefix = "mcp") => new()
    {
        Prefix = prefix,
        Options = new ArtifactOptions { Language = language },
        Rules = RuleCatalogue.Build(new ThresholdOptions(), []),
        Objectives = SloDefinitions.Of(new AlertOptions(), new ThresholdOptions()),
    };

    public static IReadOnlyList<ReadDashboard> Of(ArtifactInputs inputs) =>
    [
        .. DashboardArtifacts.Of(inputs).Where(artifact => artifact.Path.EndsWith(".json", StringComparison.Ordinal))
            .Zip(DashboardArtifacts.All(inputs), (artifact, dashboard) => new ReadDashboard(
                $"{artifact.Path} ({inputs.Options.Language})", artifact.Text, JsonDocument.Parse(artifact.Text).RootElement, dashboard)),
    ];

    public static ReadPanel Panel(string key, ArtifactInputs inputs) => Of(inputs).SelectMany(dashboard => dashboard.Panels).First(panel => panel.Key == key);
}

/// <summary>One dashboard of one language.</summary>
internal sealed record ReadDashboard(string Name, string Text, JsonElement Json, Dashboard Data)
{
    public string Uid => Json.GetProperty("uid").GetString()!;

    public IReadOnlyList<ReadVariable> Variables => [.. Json.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => new ReadVariable(this, variable))];

    /// <summary>Gets what its annotations ask Prometheus.</summary>
    public IReadOnlyList<string> Annotations =>
        [.. Json.GetProperty("annotations").GetProperty("list").EnumerateArray().Where(annotation => annotation.TryGetProperty("expr", out _)).Select(annotation => annotation.GetProperty("expr").GetString()!)];

    /// <summary>Gets the headings and the panels, those of closed rows too, as they stand.</summary>
    public IEnumerable<JsonElement> Placed => Json.GetProperty("panels").EnumerateArray()
        .SelectMany(panel => (JsonElement[])[panel, .. panel.TryGetProperty("panels", out JsonElement inside) ? inside.EnumerateArray() : []]);

    public IReadOnlyList<ReadPanel> Panels => [.. Placed.Where(panel => panel.GetProperty("type").GetString() != "row")
        .Zip(Data.Rows.SelectMany(row => row.Panels), (panel, data) => new ReadPanel(this, panel, data))];
}

internal sealed record ReadVariable(ReadDashboard Dashboard, JsonElement Json)
{
    public string Name => Json.GetProperty("name").GetString()!;

    public string Label => Json.GetProperty("label").GetString()!;

    public string Query => Json.GetProperty("query") is { ValueKind: JsonValueKind.Object } query ? query.GetProperty("query").GetString()! : Json.GetProperty("query").GetString()!;
}

internal sealed record ReadPanel(ReadDashboard Dashboard, JsonElement Json, Panel Data)
{
    public string Key => Data.Key;

    public string Title => Json.GetProperty("title").GetString()!;

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Defaults => Json.GetProperty("fieldConfig").GetProperty("defaults");

    public IEnumerable<JsonElement> Overrides => Json.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray();

    public IReadOnlyList<ReadTarget> Targets => [.. Json.GetProperty("targets").EnumerateArray().Select(target => new ReadTarget(this, target))];

    /// <summary>Gets where colours change.</summary>
    public IEnumerable<double> Steps => Thresholds().SelectMany(thresholds => thresholds.GetProperty("steps").EnumerateArray())
        .Where(step => step.GetProperty("value").ValueKind != JsonValueKind.Null).Select(step => step.GetProperty("value").GetDouble());

    public override string ToString() => $"{Dashboard.Name}: {Title}";

    private IEnumerable<JsonElement> Thresholds() =>
    [
        Defaults.GetProperty("thresholds"),
        .. Overrides.SelectMany(change => change.GetProperty("properties").EnumerateArray()).Where(property => property.GetProperty("id").GetString() == "thresholds").Select(property => property.GetProperty("value")),
    ];
}

internal sealed record ReadTarget(ReadPanel Panel, JsonElement Json)
{
    public string Expr => Json.GetProperty("expr").GetString()!;

    public string Legend => Json.GetProperty("legendFormat").GetString()!;

    public bool IsInstant => Json.GetProperty("instant").GetBoolean();

    public IReadOnlyList<ReadSelector> Selectors => PromQLText.Selectors(Expr);

    public override string ToString() => $"{Panel}: {Expr}";
}
