using System.Text.Json;

namespace Mcp.Monitoring.Tests.Artifacts.Dashboards;

/// <summary>The rules that grafana/dashboard-linter publishes, under its names, and one of ours for the service. What need not keep them is in <see cref="Exemption.All"/>.</summary>
public class LinterRulesTests
{
    private const string Chosen = "${datasource}";
    private static readonly string[] WithUnits = ["stat", "gauge", "table", "timeseries", "bargauge"];
    private static readonly string[] CounterEndings = ["_total", "_count", "_sum", "_bucket"];
    private static readonly string[] OfCounters = ["rate", "irate", "increase"];

    private static IReadOnlyList<ReadDashboard> Dashboards => GeneratedDashboards.All;

    private static IEnumerable<ReadTarget> Targets => GeneratedDashboards.Panels.SelectMany(panel => panel.Targets);

    [Fact]
    public void Template_datasource() => Assert.All(Dashboards, dashboard =>
    {
        ReadVariable source = Assert.Single(dashboard.Variables, variable => variable.Json.GetProperty("type").GetString() == "datasource");
        Assert.Equal(("datasource", "Data source", "prometheus"), (source.Name, source.Label, source.Query));
    });

    [Theory]
    [InlineData("job", "Job", ".+")]
    [InlineData("instance", "Instance", ".+")]
    // Without prometheus.service_label no series has mcp_service, and only what may be empty finds them.
    [InlineData("service", "Service", ".*")]
    public void Template_job_and_instance(string name, string label, string all) => Assert.All(Dashboards, dashboard =>
    {
        ReadVariable variable = Assert.Single(dashboard.Variables, variable => variable.Name == name);
        Assert.Equal((label, all, "query", Chosen), (
            variable.Label, variable.Json.GetProperty("allValue").GetString(), variable.Json.GetProperty("type").GetString(), variable.Json.GetProperty("datasource").GetProperty("uid").GetString()));
        Assert.True(variable.Json.GetProperty("multi").GetBoolean());
        Assert.True(variable.Json.GetProperty("includeAll").GetBoolean());
    });

    [Fact]
    public void Template_label_promql() => Assert.All(Asked(), variable => Assert.Matches(@"^label_values\([a-z_]+(\{[^{}]+\})?, \w+\)$", variable.Query));

    [Fact]
    public void Template_on_time_change_reload() => Assert.All(Asked(), variable => Assert.Equal(2, variable.Json.GetProperty("refresh").GetInt32()));

    [Fact]
    public void Panel_datasource() => Assert.All(GeneratedDashboards.Panels, panel =>
    {
        Assert.Equal(Chosen, panel.Json.GetProperty("datasource").GetProperty("uid").GetString());
        Assert.All(panel.Targets, target => Assert.Equal(Chosen, target.Json.GetProperty("datasource").GetProperty("uid").GetString()));
    });

    [Fact]
    public void Panel_title_description() => Assert.All(GeneratedDashboards.Panels, panel =>
    {
        Assert.NotEmpty(panel.Title);
        Assert.EndsWith(".", panel.Json.GetProperty("description").GetString(), StringComparison.Ordinal);
    });

    [Fact]
    public void Panel_units()
    {
        string[] known = ["none", "short", "percentunit", "s", "reqps", "ops", "bytes", "Bps"];
        Assert.All(GeneratedDashboards.Panels.Where(panel => WithUnits.Contains(panel.Type, StringComparer.Ordinal)), panel => Assert.Contains(panel.Defaults.GetProperty("unit").GetString(), known));
    }

    [Fact]
    public void Panel_no_targets() => Assert.All(GeneratedDashboards.Panels, panel => Assert.NotEmpty(panel.Targets));

    [Fact]
    public void Target_logql() => Assert.All(Targets, target => Assert.Equal("prometheus", target.Json.GetProperty("datasource").GetProperty("type").GetString()));

    [Fact]
    public void Target_logql_auto() => Assert.All(Targets, target => Assert.DoesNotContain("$__auto", target.Expr, StringComparison.Ordinal));

    /// <summary>Prometheus's own parser reads them all in the integration tests.</summary>
    [Fact]
    public void Target_promql() => Assert.All(Targets, target =>
    {
        Assert.NotEmpty(target.Selectors);
        Assert.Equal(target.Expr.Count(character => character == '('), target.Expr.Count(character => character == ')'));
    });

    [Fact]
    public void Target_rate_interval() => Assert.All(
        Targets.SelectMany(target => target.Selectors).Where(selector => selector.Function is "rate" or "irate"),
        selector => Assert.Equal("$__rate_interval", selector.Range));

    [Theory]
    [InlineData("target-job", "job=~\"$job\"")]
    [InlineData("target-instance", "instance=~\"$instance\"")]
    [InlineData("target-service", "mcp_service=~\"$service\"")]
    public void Target_job_and_instance(string rule, string matcher) => Assert.All(Targets, target => Assert.All(
        target.Selectors.Where(selector => !Exemption.Of(rule, target, selector)),
        selector => Assert.True(selector.Has(matcher), $"{target}: {selector.Name} lacks {matcher}")));

    /// <summary>Of a counter only its growth means something; the linter itself looks at selectors without matchers only.</summary>
    [Fact]
    public void Target_counter_agg() => Assert.All(Targets, target => Assert.All(
        target.Selectors.Where(selector => CounterEndings.Any(ending => selector.Name.EndsWith(ending, StringComparison.Ordinal)) && selector.Name is not "dotnet_process_cpu_count" and not "dotnet_thread_pool_thread_count"),
        selector => Assert.True(OfCounters.Contains(selector.Function, StringComparer.Ordinal), $"{target}: {selector.Name} is a counter within {selector.Function}")));

    [Fact]
    public void Uneditable_dashboard() => Assert.All(Dashboards, dashboard => Assert.False(dashboard.Json.GetProperty("editable").GetBoolean()));

    [Fact]
    public void Every_exemption_has_a_reason_and_is_needed() => Assert.All(Exemption.All, exemption =>
    {
        Assert.True(exemption.Reason.Length > 30);
        Assert.Contains(Targets, target => target.Selectors.Any(selector => exemption.Matches(exemption.Rule, target, selector)));
    });

    private static IEnumerable<ReadVariable> Asked() => Dashboards.SelectMany(dashboard => dashboard.Variables).Where(variable => variable.Json.GetProperty("query").ValueKind == JsonValueKind.Object);
}
