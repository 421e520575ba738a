using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>Debian's Prometheus scrapes the sample with demo traffic; its API answers the questions that dashboards ask.</summary>
public sealed partial class PrometheusTests(ScrapedDemo demo) : IClassFixture<ScrapedDemo>
{
    private static readonly string[] Tools = ["get_forecast", "get_weather", "unstable"];

    [Fact]
    public async Task Target_is_up()
    {
        var prometheus = await demo.StartAsync();

        var data = await prometheus.AskUntilAsync("targets", data => Target(data) is { } target && target.GetProperty("health").GetString() == "up");

        JsonElement target = Assert.NotNull(Target(data));
        Assert.Equal("up", target.GetProperty("health").GetString());
        Assert.Equal("", target.GetProperty("lastError").GetString());

        static JsonElement? Target(JsonElement data) =>
            data.TryGetProperty("activeTargets", out var targets) && targets.GetArrayLength() is 1 ? targets[0] : null;
    }

    [Fact]
    public async Task Rate_of_each_tool_is_a_number_above_zero()
    {
        const string Query = "sum by (operation) (rate(mcp_operations_total{operation_type=\"tools\"}[1m])) > 0";
        var prometheus = await demo.StartAsync();

        var data = await prometheus.AskUntilAsync(QueryPath(Query), data => Tools.All(tool => double.IsFinite(ValueOf(data, tool))));

        Assert.All(Tools, tool => Assert.InRange(ValueOf(data, tool), double.Epsilon, 1_000));
    }

    [Fact]
    public async Task Quantile_95_of_each_tool_lies_within_the_buckets()
    {
        const string Query = "histogram_quantile(0.95, sum by (operation, le) (rate(mcp_operation_duration_seconds_bucket{operation_type=\"tools\"}[1m])))";
        var prometheus = await demo.StartAsync();

        var data = await prometheus.AskUntilAsync(QueryPath(Query), data => Tools.All(tool => double.IsFinite(ValueOf(data, tool))));

        Assert.All(Tools, tool => Assert.InRange(ValueOf(data, tool), double.Epsilon, 300));
    }

    [Fact]
    public async Task Exemplar_of_a_tool_call_names_its_trace()
    {
        var prometheus = await demo.StartAsync();
        string path = $"query_exemplars?query={Uri.EscapeDataString("mcp_operation_duration_seconds_bucket{operation=\"get_weather\"}")}"
            + $"&start={DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds()}&end={DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}";

        var data = await prometheus.AskUntilAsync(path, data => Exemplars(data).Any());

        Assert.All(Exemplars(data), exemplar => Assert.Matches(TraceId(), Id(exemplar.GetProperty("labels"))));
        Assert.NotEmpty(Exemplars(data));

        static IEnumerable<JsonElement> Exemplars(JsonElement data) =>
            data.EnumerateArray().SelectMany(series => series.GetProperty("exemplars").EnumerateArray());

        static string? Id(JsonElement labels) =>
            (labels.TryGetProperty("trace_id", out var id) || labels.TryGetProperty("correlation_id", out id)) ? id.GetString() : null;
    }

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TraceId();

    private static string QueryPath(string query) => "query?query=" + Uri.EscapeDataString(query);

    /// <returns>The value of the series with this operation; NaN when there is none.</returns>
    private static double ValueOf(JsonElement data, string operation) =>
        data.TryGetProperty("result", out var result)
        && result.EnumerateArray().FirstOrDefault(series => series.GetProperty("metric").GetProperty("operation").GetString() == operation) is { ValueKind: JsonValueKind.Object } found
            ? double.Parse(found.GetProperty("value")[1].GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)
            : double.NaN;
}
