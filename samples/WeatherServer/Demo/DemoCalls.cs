using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using WeatherServer.Upstream;

namespace WeatherServer.Demo;

/// <summary>One call of the demo's clients, and how long the client waits before it gives up.</summary>
internal sealed record DemoCall(Func<McpClient, CancellationToken, Task> Make, TimeSpan Patience)
{
    public DemoCall(Func<McpClient, CancellationToken, Task> make)
        : this(make, TimeSpan.FromSeconds(10))
    {
    }
}

/// <summary>What the demo's clients ask for.</summary>
internal static class DemoCalls
{
    private static readonly DemoCall[] Ordinary =
    [
        new((client, token) => client.ListToolsAsync(cancellationToken: token).AsTask()),
        .. Stations.All.Select(station => Tool("get_weather", "city", station.City)),
        .. Stations.All.Select(station => Tool("get_forecast", "city", station.City)),
        new((client, token) => client.ReadResourceAsync("weather://stations", cancellationToken: token).AsTask()),
        new((client, token) => client.ReadResourceAsync($"weather://stations/{Stations.Quito}", cancellationToken: token).AsTask()),
        new((client, token) => client.GetPromptAsync("pack_for_trip", Arguments("city", "Oslo"), cancellationToken: token).AsTask()),
        new((client, token) => client.CompleteAsync(new ResourceTemplateReference { Uri = "weather://stations/{id}" }, "id", "o", cancellationToken: token).AsTask()),
        Tool("unstable", "how", "ok"),
    ];

    private static readonly DemoCall[] Others =
    [
        Tool("unstable", "how", "slow") with { Patience = TimeSpan.FromMilliseconds(400) },     // cancelled
        Tool("unstable", "how", "elicit"),                                                      // input_required, then success
        Tool("unstable", "how", "tool_error"),                                                  // tool_error
        Tool("unstable", "how", "throw"),                                                       // server_error
        Tool("unstable", "how", "protocol"),                                                    // client_error
        Tool("get_weather", "city", "Atlantis"),                                                // tool_error
        Tool("get_weather", "town", "Oslo"),                                                    // client_error: no city
        Tool("get_wether", "city", "Oslo"),                                                     // client_error: no such tool
        new((client, token) => client.ReadResourceAsync("weather://stations/atlantis", cancellationToken: token).AsTask()),    // client_error
        Tool("unstable", "how", "slow"),                                                        // success, after two seconds
        Tool("unstable", "how", "timeout"),                                                     // server_error
    ];

    /// <summary>Every call once, the rare ones first, so that the metrics are full after a few seconds.</summary>
    public static IEnumerable<DemoCall> Everything { get; } = [.. Others, .. Ordinary];

    /// <summary>The calls of a day without trouble, and one of the others.</summary>
    public static IEnumerable<DemoCall> OrdinaryAndOneOther(int visit) => Ordinary.Append(Others[visit % Others.Length]);

    /// <summary>The person at the demo's client prefers Celsius, after a moment's thought.</summary>
    public static async ValueTask<ElicitResult> AnswerAsync(ElicitRequestParams? question, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
        return new()
        {
            Action = "accept",
            Content = question?.RequestedSchema?.Properties.Keys.ToDictionary(name => name, _ => JsonSerializer.SerializeToElement("celsius"), StringComparer.Ordinal),
        };
    }

    private static DemoCall Tool(string name, string argument, string value) =>
        new((client, token) => client.CallToolAsync(name, Arguments(argument, value), cancellationToken: token).AsTask());

    private static Dictionary<string, object?> Arguments(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
