using Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;
using Mcp.Monitoring.Tests.Artifacts.Examples;
using YamlDotNet.RepresentationModel;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>A real Alertmanager with the example as it is generated, but that every receiver is one webhook and that it does not wait.</summary>
internal sealed class ExampleAlertmanager : IAsyncDisposable
{
    private static readonly string[] Waits = ["group_wait", "group_interval"];

    private readonly Webhook _people;
    private readonly AlertmanagerServer _server;

    private ExampleAlertmanager(Webhook people, AlertmanagerServer server)
    {
        _people = people;
        _server = server;
    }

    /// <summary>Gets what people were told: who, of which status, and the names and severities of the alerts.</summary>
    public string[] Told =>
    [
        .. from notification in _people.Received
           let alerts = notification.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("labels"))
               .Select(labels => $"{labels.GetProperty("alertname").GetString()} {labels.GetProperty("severity").GetString()}").Order(StringComparer.Ordinal)
           select $"{notification.GetProperty("receiver").GetString()} {notification.GetProperty("status").GetString()}: {string.Join(", ", alerts)}",
    ];

    public static async Task<ExampleAlertmanager> StartAsync()
    {
        Webhook people = await Webhook.StartAsync();
        return new ExampleAlertmanager(people, await AlertmanagerServer.StartAsync(Configuration(people.Address)));
    }

    public Task PostAsync(IEnumerable<Dictionary<string, string>> alerts, DateTimeOffset? endsAt = null) =>
        _server.PostAsync(alerts.Select(labels => new { labels, endsAt = endsAt ?? DateTimeOffset.UtcNow.AddHours(1) }));

    /// <summary>Gets the alerts that are not told because of another, by service, name and severity.</summary>
    public async Task<string[]> InhibitedAsync() =>
    [
        .. from alert in await _server.AskAsync("alerts")
           where alert.GetProperty("status").GetProperty("inhibitedBy").GetArrayLength() > 0
           let labels = alert.GetProperty("labels")
           select $"{labels.GetProperty("mcp_service").GetString()} {labels.GetProperty("alertname").GetString()} {labels.GetProperty("severity").GetString()}",
    ];

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static string Configuration(Uri people)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(ExampleInputs.File(ExampleInputs.Alertmanager)));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        foreach (YamlMappingNode receiver in ((YamlSequenceNode)root["receivers"]).Cast<YamlMappingNode>())
        {
            string name = receiver["name"].ToString();
            receiver.Children.Clear();
            receiver.Add("name", name);
            receiver.Add("webhook_configs", new YamlSequenceNode(new YamlMappingNode("url", people.ToString(), "send_resolved", "true")));
        }

        foreach (YamlMappingNode route in root["route"].AllNodes.OfType<YamlMappingNode>())
        {
            foreach (string wait in Waits.Where(wait => route.Children.ContainsKey(wait)))
            {
                ((YamlScalarNode)route[wait]).Value = "1s";
            }
        }

        using var text = new StringWriter();
        stream.Save(text, assignAnchors: false);
        return text.ToString();
    }
}
