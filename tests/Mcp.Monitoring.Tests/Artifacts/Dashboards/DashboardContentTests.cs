using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>What the queries of the dashboards say.</summary>
public partial class DashboardContentTests
{
    private static readonly string[] Counters = ["_bucket", "_count", "_sum"];

    private static IEnumerable<ReadTarget> Targets => GeneratedDashboards.Panels.SelectMany(panel => panel.Targets);

    [Fact]
    public void Every_metric_is_on_a_panel()
    {
        string[] read = [.. Targets.SelectMany(target => target.Selectors).Select(selector => Whole(selector.Name)).Distinct()];

        Assert.Empty(MetricNames.All.Concat(DependencyMetricNames.All).Select(metric => metric.Name).Except(read, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_series_is_of_the_catalogue_or_of_a_host()
    {
        string[] ours = [.. MetricNames.All.Concat(DependencyMetricNames.All).Select(metric => metric.Name)];

        Assert.All(Targets.SelectMany(target => target.Selectors).Select(selector => selector.Name).Distinct(), name =>
            Assert.True(ours.Contains(Whole(name), StringComparer.Ordinal) || name is "up" or "ALERTS" || name.StartsWith("dotnet_", StringComparison.Ordinal), name));
    }

    [Fact]
    public void Matchers_name_labels_that_the_metric_has()
    {
        var labels = MetricNames.All.Concat(DependencyMetricNames.All).ToDictionary(metric => metric.Name, metric => (string[])[.. metric.Labels, "job", "instance", "mcp_service", "le"], StringComparer.Ordinal);

        Assert.All(Targets, target => Assert.All(target.Selectors.Where(selector => labels.ContainsKey(Whole(selector.Name))), selector =>
            Assert.Empty(selector.Matchers.Select(matcher => Name().Match(matcher).Value).Except(labels[Whole(selector.Name)], StringComparer.Ordinal))));
    }

    [Fact]
    public void Another_prefix_is_in_all_queries()
    {
        IReadOnlyList<ReadDashboard> dashboards = GeneratedDashboards.Of(GeneratedDashboards.Inputs(prefix: "acme"));
        IEnumerable<string> asked = dashboards.SelectMany(dashboard => (string[])
        [
            .. dashboard.Panels.SelectMany(panel => panel.Targets).Select(target => target.Expr), .. dashboard.Annotations, .. dashboard.Variables.Select(variable => variable.Query),
        ]);

        Assert.All(asked, query => Assert.DoesNotContain("mcp_", query.Replace("mcp_service", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Annotations_are_narrowed_by_the_variables() => Assert.All(
        GeneratedDashboards.All.SelectMany(dashboard => dashboard.Annotations).SelectMany(PromQLText.Selectors),
        selector =>
        {
            Assert.True(selector.Has("job=~\"$job\"") && selector.Has("mcp_service=~\"$service\""), selector.Name);
            Assert.True(selector.Name == "ALERTS" || selector.Has("instance=~\"$instance\""), selector.Name);
        });

    [Fact]
    public void Legends_name_labels_that_the_query_keeps() => Assert.All(Targets, target =>
    {
        if (PromQLText.Labels(target.Expr) is { } kept)
        {
            Assert.Empty(Placeholder().Matches(target.Legend).Select(match => match.Groups["label"].Value).Except(kept, StringComparer.Ordinal));
        }
    });

    [Fact]
    public void Shares_are_absent_without_a_whole_and_percentiles_without_a_call() => Assert.All(Targets, target =>
    {
        Assert.True(Guard().Count(target.Expr) >= Division().Count(target.Expr), target.ToString());
        Assert.Equal(target.Expr.Contains("histogram_quantile(", StringComparison.Ordinal), target.Expr.Contains(">= 0", StringComparison.Ordinal));
    });

    /// <summary>What is counted for a bar is counted for one bar only, and over four scrapes at least.</summary>
    [Fact]
    public void Bars_do_not_overlap()
    {
        ReadPanel[] bars = [.. GeneratedDashboards.Panels.Where(panel => panel.Type == "heatmap" || panel.Json.GetProperty("fieldConfig").GetRawText().Contains("\"bars\"", StringComparison.Ordinal))];

        Assert.True(bars.Length > 10);
        Assert.All(bars, panel => Assert.Equal("1m", panel.Json.GetProperty("interval").GetString()));
        Assert.All(bars.SelectMany(panel => panel.Targets).SelectMany(target => target.Selectors), selector => Assert.Equal(("increase", "$__interval"), (selector.Function, selector.Range)));
    }

    [Fact]
    public void Response_times_of_operations_lead_to_traces() => Assert.All(
        GeneratedDashboards.Panels.Where(panel => panel.Type is "timeseries" or "heatmap"
            && panel.Targets.Any(target => target.Selectors.Any(selector => selector.Name == "mcp_operation_duration_seconds_bucket" && !selector.Matchers.Any(matcher => matcher.StartsWith("le=", StringComparison.Ordinal))))),
        panel => Assert.Contains(panel.Targets, target => target.Json.GetProperty("exemplar").GetBoolean()));

    [Fact]
    public void Both_languages_ask_the_same()
    {
        string[] english = [.. Parts(AlertLanguage.En)], russian = [.. Parts(AlertLanguage.Ru)];

        Assert.Equal(english, russian);

        static IEnumerable<string> Parts(AlertLanguage language) => GeneratedDashboards.Of(GeneratedDashboards.Inputs(language)).SelectMany(dashboard => dashboard.Panels).Select(panel =>
            $"{panel.Type} {panel.Json.GetProperty("gridPos")} {panel.Defaults.GetProperty("unit")} {panel.Defaults.GetProperty("thresholds")} {string.Join(' ', panel.Targets.Select(target => target.Expr))}");
    }

    [Fact]
    public void Share_within_an_objective_is_read_at_its_edge_whole_seconds_in_both_forms()
    {
        ArtifactInputs usual = GeneratedDashboards.Inputs();
        ReadPanel panel = GeneratedDashboards.Panel("overview.within", usual with { Objectives = [.. usual.Objectives, new("slow", new SloIndicator(SloKind.Latency, 2, "export"), 0.9m)] });

        Assert.Equal(["latency_p95", "latency_p99", "slow"], panel.Targets.Select(target => target.Legend));
        Assert.Equal(["le=\"0.2\"", "le=\"0.5\"", "le=~\"2(\\\\.0)?\""], panel.Targets.Select(target => target.Selectors[0].Matchers[^1]));
        Assert.True(panel.Targets[2].Selectors.All(selector => selector.Has("operation=\"export\"")));
    }

    private static string Whole(string series) => Counters.FirstOrDefault(ending => series.EndsWith(ending, StringComparison.Ordinal)) is { } part ? series[..^part.Length] : series;

    [GeneratedRegex(@"^\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(?<label>\w+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex(" / ", RegexOptions.NonBacktracking)]
    private static partial Regex Division();

    [GeneratedRegex(@" > 0\)(?! or)", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Guard();
}
