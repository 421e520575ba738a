using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mcp.Monitoring.IntegrationTests.Artifacts.Live;

/// <summary>What answers the queries of Prometheus's API, at one instant that all queries have in common.</summary>
/// <param name="name">What it is called in messages.</param>
/// <param name="api">The root of its API.</param>
internal sealed class Store(string name, Uri api) : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5), Range = TimeSpan.FromMinutes(3);

    // VictoriaMetrics otherwise moves the times that are asked for to multiples of the step.
    private const string AsAsked = "&nocache=1";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public string Name => name;

    /// <summary>Gets or sets the instant, in seconds since the Unix epoch; <see langword="null"/> is now.</summary>
    public double? At { get; set; }

    /// <summary>Asks for the values of the instant.</summary>
    public Task<StoreAnswer> QueryAsync(string expr) => AskAsync($"query?query={Uri.EscapeDataString(expr)}{(At is { } at ? $"&time={Text(at)}" : "")}{AsAsked}");

    /// <summary>Asks for the values of the three minutes that end with the instant.</summary>
    public Task<StoreAnswer> QueryRangeAsync(string expr) => AskAsync($"query_range?query={Uri.EscapeDataString(expr)}&{Times()}&step={Text(Step.TotalSeconds)}{AsAsked}");

    /// <summary>Asks for the values of a label among the series of a selector, as Grafana does for its variables.</summary>
    public async Task<string[]> LabelValuesAsync(string selector, string label)
    {
        JsonElement answer = await GetAsync($"label/{label}/values?match[]={Uri.EscapeDataString(selector)}&{Times()}");
        return [.. answer.GetProperty("data").EnumerateArray().Select(value => value.GetString()!)];
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(api, path), TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<StoreAnswer> AskAsync(string path)
    {
        JsonElement answer = await GetAsync(path);
        return answer.GetProperty("status").GetString() == "success"
            ? new StoreAnswer([.. answer.GetProperty("data").GetProperty("result").EnumerateArray().Select(StoreSeries.Read)], Error: null)
            : new StoreAnswer([], answer.GetProperty("error").GetString());
    }

    private string Times() => At is { } at
        ? $"start={Text(at - Range.TotalSeconds)}&end={Text(at)}"
        : throw new InvalidOperationException($"{name} has no instant at which it is asked.");

    private static string Text(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>What a store answers.</summary>
/// <param name="Series">The series that were found.</param>
/// <param name="Error">Why it refuses the query, if it does.</param>
internal sealed record StoreAnswer(IReadOnlyList<StoreSeries> Series, string? Error)
{
    public bool HasData => Series.Count > 0;
}

/// <summary>A series of an answer.</summary>
internal sealed record StoreSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<double> Values)
{
    public static StoreSeries Read(JsonElement series) => new(
        series.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal),
        series.TryGetProperty("values", out JsonElement all) ? [.. all.EnumerateArray().Select(Value)] : [Value(series.GetProperty("value"))]);

    private static double Value(JsonElement sample) => sample[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var value => double.Parse(value!, CultureInfo.InvariantCulture),
    };
}
