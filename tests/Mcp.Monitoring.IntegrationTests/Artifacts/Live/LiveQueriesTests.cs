using System.Text.Json;
using Mcp.Monitoring.Tests.Artifacts.Runbooks;

namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>What is generated, asked of a Prometheus and a VictoriaMetrics that have stored three minutes of both samples with faults.</summary>
public sealed class LiveQueriesTests(LiveStores stores) : IClassFixture<LiveStores>
{
    private const int Fewest = 40;

    private static readonly string[] Services = ["OneCServer", "WeatherServer"];

    // The demo of the sample in front of 1C has a breaker that opens, failures of 1C and tools that fail by them.
    private static readonly string[] MustFire = ["McpCircuitBreakerOpen", "McpIntegrationErrors", "McpToolErrors"];

    [Fact]
    public async Task Both_samples_were_scraped_to_the_end()
    {
        await stores.StartAsync();

        StoreAnswer up = await stores.Prometheus.QueryAsync("min_over_time(up[3m])");

        Assert.Equal([LiveStores.Orders, LiveStores.Weather], up.Series.Select(series => series.Labels["job"]).Order(StringComparer.Ordinal));
        Assert.All(up.Series, series => Assert.Equal(1, Assert.Single(series.Values)));
    }

    [Fact]
    public async Task Every_rule_is_evaluated_without_an_error()
    {
        await stores.StartAsync();

        JsonElement answer = await stores.Prometheus.GetAsync("rules");
        JsonElement[] rules = [.. answer.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];

        Assert.Equal(4, answer.GetProperty("data").GetProperty("groups").GetArrayLength());
        Assert.True(rules.Length > LiveQuery.OfAlerts(stores.Inputs).Count, $"{rules.Length}");
        Assert.Empty(rules.Where(rule => rule.GetProperty("health").GetString() != "ok" || rule.TryGetProperty("lastError", out _)).Select(rule => rule.ToString()));
    }

    [Fact]
    public async Task Faults_of_the_demo_fire_their_alerts()
    {
        await stores.StartAsync();

        StoreAnswer fired = await stores.Prometheus.QueryAsync($"group by (alertname) (max_over_time(ALERTS{{alertstate=\"firing\",job=\"{LiveStores.Orders}\"}}[10m]))");

        string[] names = [.. fired.Series.Select(series => series.Labels["alertname"])];
        Assert.All(MustFire, name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task Every_panel_and_annotation_shows_something()
    {
        await stores.StartAsync();

        await AssertOnlyTheseHaveNoDataAsync(LiveQuery.OfDashboards(stores.Files), WithoutData.OfDashboards);
    }

    [Fact]
    public async Task No_panel_shows_what_is_no_number()
    {
        await stores.StartAsync();

        Assert.Empty(await NamesAsync(LiveQuery.OfDashboards(stores.Files), (_, answer) => answer.Series.Any(series => !series.Values.All(double.IsFinite))));
    }

    [Fact]
    public async Task Every_legend_names_labels_that_all_its_series_have()
    {
        await stores.StartAsync();

        Assert.Empty(await NamesAsync(
            LiveQuery.OfDashboards(stores.Files),
            (query, answer) => query.LegendLabels.Any(label => answer.Series.Any(series => !series.Labels.ContainsKey(label)))));
    }

    [Fact]
    public async Task Every_variable_can_be_chosen()
    {
        await stores.StartAsync();
        IReadOnlyList<DashboardVariable> variables = DashboardVariable.Of(stores.Files);

        Assert.Equal(3, variables.Count(variable => variable.Name == "service"));
        foreach (DashboardVariable variable in variables)
        {
            string[] values = await stores.Prometheus.LabelValuesAsync(variable.Selector, variable.Label);
            Assert.True(values.Length > 0, $"{variable}");
            Assert.Equal(values, (await stores.VictoriaMetrics.LabelValuesAsync(variable.Selector, variable.Label)).Order(StringComparer.Ordinal));
            if (variable.Name == "service")
            {
                Assert.Equal(Services, values);
            }
        }
    }

    [Fact]
    public async Task Every_query_of_a_runbook_finds_something()
    {
        await stores.StartAsync();

        await AssertOnlyTheseHaveNoDataAsync(LiveQuery.OfRunbooks(stores.Inputs.Prefix), WithoutData.OfRunbooks);
    }

    [Fact]
    public async Task Runbooks_have_no_other_queries()
    {
        await stores.StartAsync();

        Assert.Empty(RunbookQueries.Of(stores.Files.Single(file => file.Path == "alerts/RUNBOOKS.md").Text).Select(query => query.Query)
            .Except(LiveQuery.OfRunbooks(stores.Inputs.Prefix).Select(query => string.Join('\n', query.Expr.Split('\n').Select(line => line.Trim()))), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_alert_judges_something()
    {
        await stores.StartAsync();

        await AssertOnlyTheseHaveNoDataAsync(LiveQuery.OfAlertValues(stores.Inputs), WithoutData.OfAlerts);
    }

    [Fact]
    public async Task Every_alert_is_an_expression_for_both_stores()
    {
        await stores.StartAsync();

        foreach (LiveQuery query in LiveQuery.OfAlerts(stores.Inputs))
        {
            Assert.Null((await AskAsync(stores.Prometheus, query)).Error);
            Assert.Null((await AskAsync(stores.VictoriaMetrics, query)).Error);
        }
    }

    [Fact]
    public async Task VictoriaMetrics_finds_what_Prometheus_finds()
    {
        await stores.StartAsync();
        LiveQuery[] queries = [.. LiveQuery.OfDashboards(stores.Files), .. LiveQuery.OfRunbooks(stores.Inputs.Prefix), .. LiveQuery.OfAlertValues(stores.Inputs)];

        var missing = new List<string>();
        foreach (LiveQuery query in queries)
        {
            StoreAnswer answer = await AskAsync(stores.VictoriaMetrics, query);
            Assert.True(answer.Error is null, $"{query}: {answer.Error}");
            if (!answer.HasData && (await AskAsync(stores.Prometheus, query)).HasData)
            {
                missing.Add(query.Name);
            }
        }

        Assert.Empty(missing);
    }

    // An exemption that is not needed is one too many.
    private async Task AssertOnlyTheseHaveNoDataAsync(IReadOnlyList<LiveQuery> queries, IReadOnlyDictionary<string, string> exempt)
    {
        string[] without = await NamesAsync(queries, (_, answer) => !answer.HasData);

        Assert.True(
            without.ToHashSet(StringComparer.Ordinal).SetEquals(exempt.Keys),
            $"No data: {string.Join(" | ", without.Except(exempt.Keys, StringComparer.Ordinal))}\nData after all: {string.Join(" | ", exempt.Keys.Except(without, StringComparer.Ordinal))}");
    }

    private async Task<string[]> NamesAsync(IReadOnlyList<LiveQuery> queries, Func<LiveQuery, StoreAnswer, bool> isWanted)
    {
        Assert.True(queries.Count >= Fewest, $"{queries.Count}");
        var names = new List<string>();
        foreach (LiveQuery query in queries)
        {
            StoreAnswer answer = await AskAsync(stores.Prometheus, query);
            Assert.True(answer.Error is null, $"{query}: {answer.Error}");
            if (isWanted(query, answer))
            {
                names.Add(query.Name);
            }
        }

        return [.. names];
    }

    private static Task<StoreAnswer> AskAsync(Store store, LiveQuery query) => query.IsRange ? store.QueryRangeAsync(query.Expr) : store.QueryAsync(query.Expr);
}
