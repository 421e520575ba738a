using System.Globalization;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>Debian's Prometheus scrapes the demo, once with native histograms and once as usual; what both say of the same calls must agree.</summary>
public sealed class NativeHistogramsInPrometheusTests(NativeDemo demo) : IClassFixture<NativeDemo>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("mcp_operation_duration_seconds")]
    [InlineData("mcp_http_request_duration_seconds")]
    [InlineData("mcp_integration_call_duration_seconds")]
    public async Task Durations_are_stored_as_native_histograms(string metric)
    {
        var (native, _) = await demo.StartAsync();

        var counts = await native.AskUntilAsync(Query($"histogram_count({metric}) > 0"), HasResults);
        var quantiles = await native.AskUntilAsync(Query($"histogram_quantile(0.95, rate({metric}[1m])) > 0"), HasResults);

        Assert.True(HasResults(counts));
        Assert.True(HasResults(quantiles));
    }

    [Theory]
    [InlineData("mcp_operation_duration_seconds", "operation", 0.5)]
    [InlineData("mcp_operation_duration_seconds", "operation", 0.95)]
    [InlineData("mcp_operation_duration_seconds", "operation", 0.99)]
    [InlineData("mcp_http_request_duration_seconds", "route", 0.5)]
    [InlineData("mcp_http_request_duration_seconds", "route", 0.95)]
    [InlineData("mcp_http_request_duration_seconds", "route", 0.99)]
    [InlineData("mcp_integration_call_duration_seconds", "dependency", 0.5)]
    [InlineData("mcp_integration_call_duration_seconds", "dependency", 0.95)]
    [InlineData("mcp_integration_call_duration_seconds", "dependency", 0.99)]
    public async Task Quantile_agrees_with_that_of_the_usual_buckets_within_one_of_them(string metric, string label, double quantile)
    {
        string q = quantile.ToString(CultureInfo.InvariantCulture);
        string ofNative = Query($"histogram_quantile({q}, sum by ({label}) ({metric})) > 0");
        string ofUsual = Query($"histogram_quantile({q}, sum by ({label}, le) ({metric}_bucket)) > 0");
        var (native, usual) = await demo.StartAsync();
        double[] edges = [.. Values(await usual.AskUntilAsync(Query($"count by (le) ({metric}_bucket)"), HasResults), "le").Select(series => EdgeOf(series.Label)).Order()];

        // They scrape at different moments: a call may be with one and not yet with the other.
        var (byNative, byUsual) = await Eventually.GetAsync(
            async () => (await ByLabelAsync(native, ofNative), await ByLabelAsync(usual, ofUsual)),
            both => both.Item1.All(series => both.Item2.TryGetValue(series.Key, out double other) && IsNear(series.Value, other)),
            Limit);

        Assert.NotEmpty(byNative);
        Assert.All(byNative, series => Assert.True(IsNear(series.Value, byUsual[series.Key]), $"{series.Key}: {series.Value}, by the usual buckets {byUsual[series.Key]}."));

        async Task<Dictionary<string, double>> ByLabelAsync(PrometheusServer server, string query) =>
            Values(await server.AskUntilAsync(query, HasResults), label).ToDictionary(series => series.Label, series => series.Value, StringComparer.Ordinal);

        bool IsNear(double seconds, double other) => Math.Abs(BucketOf(seconds) - BucketOf(other)) <= 1;

        int BucketOf(double seconds) => edges.Count(edge => edge < seconds);
    }

    [Fact]
    public async Task Prometheus_that_stores_native_histograms_has_no_usual_buckets_of_them()
    {
        var (native, _) = await demo.StartAsync();
        await native.AskUntilAsync(Query("histogram_count(mcp_operation_duration_seconds)"), HasResults);

        var names = await native.AskUntilAsync(Query("count by (__name__) ({__name__=~\".+_(bucket|count|sum)\"})"), HasResults);

        string[] found = [.. Values(names, "__name__").Select(series => series.Label)];
        Assert.DoesNotContain(found, name => name.StartsWith("mcp_", StringComparison.Ordinal));
        Assert.Contains("http_server_request_duration_seconds_bucket", found);
    }

    [Fact]
    public async Task Prometheus_without_them_has_the_usual_buckets_and_nothing_else()
    {
        var (_, usual) = await demo.StartAsync();

        var buckets = await usual.AskUntilAsync(Query("mcp_operation_duration_seconds_bucket{le=\"+Inf\"} > 0"), HasResults);
        var natives = await usual.AskUntilAsync(Query("mcp_operation_duration_seconds"), data => data.TryGetProperty("result", out _));

        Assert.True(HasResults(buckets));
        Assert.False(HasResults(natives));
    }

    [Fact]
    public async Task Both_have_the_same_other_metrics()
    {
        const string Names = "count by (__name__) ({__name__=~\"mcp_.+\",__name__!~\".+_seconds(_bucket|_sum|_count)?\"})";
        var (native, usual) = await demo.StartAsync();
        await native.AskUntilAsync(Query("histogram_count(mcp_integration_call_duration_seconds)"), HasResults);

        var (ofNative, ofUsual) = await Eventually.GetAsync(
            async () => (Text(await native.AskUntilAsync(Query(Names), HasResults)), Text(await usual.AskUntilAsync(Query(Names), HasResults))),
            both => both.Item1.SequenceEqual(both.Item2, StringComparer.Ordinal),
            Limit);

        Assert.Equal(ofUsual, ofNative);
        Assert.Contains(ofNative, name => name.StartsWith("mcp_operations_total", StringComparison.Ordinal));

        static string[] Text(JsonElement data) => [.. Values(data, "__name__").Select(series => $"{series.Label} {series.Value}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Exemplars_come_with_native_histograms_too()
    {
        var (native, _) = await demo.StartAsync();
        string path = $"query_exemplars?query={Uri.EscapeDataString("mcp_operation_duration_seconds")}"
            + $"&start={DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds()}&end={DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}";

        var data = await native.AskUntilAsync(path, data => data.GetArrayLength() > 0);

        Assert.All(data.EnumerateArray().SelectMany(series => series.GetProperty("exemplars").EnumerateArray()), exemplar =>
            Assert.True(exemplar.GetProperty("labels").TryGetProperty("correlation_id", out _) || exemplar.GetProperty("labels").TryGetProperty("trace_id", out _)));
        Assert.NotEqual(0, data.GetArrayLength());
    }

    private static string Query(string query) => "query?query=" + Uri.EscapeDataString(query);

    private static bool HasResults(JsonElement data) => data.TryGetProperty("result", out var result) && result.GetArrayLength() > 0;

    private static IEnumerable<(string Label, double Value)> Values(JsonElement data, string label) =>
        data.GetProperty("result").EnumerateArray().Select(series => (
            series.GetProperty("metric").GetProperty(label).GetString()!,
            double.Parse(series.GetProperty("value")[1].GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)));

    private static double EdgeOf(string le) => le == "+Inf" ? double.PositiveInfinity : double.Parse(le, NumberStyles.Float, CultureInfo.InvariantCulture);
}
