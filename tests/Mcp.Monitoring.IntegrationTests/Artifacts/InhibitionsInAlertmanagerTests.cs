using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Artifacts;

/// <summary>What a real Alertmanager tells and does not tell with the example.</summary>
public sealed class InhibitionsInAlertmanagerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Alerts of one service each: their names, severities and what they are about; after the arrow those that are not told.</summary>
    private static readonly string[] Cases =
    [
        // A dependency before its breaker, its errors, and the tools that name it.
        "McpIntegrationDown critical 1c, McpCircuitBreakerOpen critical 1c, McpIntegrationErrors critical 1c, McpRetriesHigh medium 1c -> McpCircuitBreakerOpen critical, McpIntegrationErrors critical, McpRetriesHigh medium",
        "McpIntegrationDown critical 1c, McpToolFailing critical 1c/get_order -> McpToolFailing critical",
        "McpCircuitBreakerOpen critical 1c, McpDatabaseErrors high 1c -> McpDatabaseErrors high",

        // Another dependency, or none that is known, is another trouble. Neither names an operation: that label is equal.
        "McpIntegrationDown critical 1c, McpCircuitBreakerOpen critical crm, McpIntegrationErrors critical crm -> McpIntegrationErrors critical",
        "McpIntegrationDown critical 1c, McpToolFailing high /get_order",
        "McpIntegrationDown critical 1c, McpToolFailing high crm/get_order",

        // Without a cause everything is told.
        "McpCircuitBreakerOpen critical 1c",
        "McpRetriesHigh medium 1c",
        "McpToolErrors medium /get_order",
        "McpAvailabilityBurn critical",
        "McpErrorRatioHigh medium",
        "McpHttpErrors high",

        // The less severe mutes nothing more severe.
        "McpCircuitBreakerOpen high 1c, McpIntegrationErrors critical 1c",
        "McpSlowQueries medium 1c, McpRetriesHigh medium 1c -> McpRetriesHigh medium",
        "McpToolErrors medium /get_order, McpAvailabilityBurn critical",

        // An operation before its budget and the common one; not before another operation.
        "McpToolFailing high /get_order, McpToolErrors medium /get_order -> McpToolErrors medium",
        "McpToolFailing high /get_order, McpToolErrors medium /get_stock",
        "McpToolFailing high /get_order, McpAvailabilityBurn critical, McpErrorRatioHigh medium, McpErrorTargetMissed low -> McpAvailabilityBurn critical, McpErrorRatioHigh medium, McpErrorTargetMissed low",
        "McpToolFailing high /get_order, McpLatencyTargetMissed low",
        "McpSlowOperations medium /get_order, McpLatencyBurn medium, McpErrorRatioHigh medium -> McpLatencyBurn medium",
        "McpAvailabilityBurn critical, McpErrorRatioHigh medium -> McpErrorRatioHigh medium",

        // All operations at once before each, an unhealthy check before the statuses.
        "McpServerFailing critical, McpToolFailing critical /get_order, McpToolFailing critical /get_stock -> McpToolFailing critical, McpToolFailing critical",
        "McpHealthUnhealthy high, McpHttpErrors high -> McpHttpErrors high",

        // The same alert of two severities; of two operations it is two.
        "McpToolFailing critical /get_order, McpToolFailing high /get_order -> McpToolFailing high",
        "McpToolFailing critical /get_order, McpToolFailing high /get_stock",

        // What stands alone.
        "McpIntegrationDown critical 1c, McpChannelDown high, McpThreadPoolStarved high, McpClientLooping medium /get_order",
    ];

    [Fact]
    public async Task Consequence_is_not_told_while_its_cause_fires_and_is_told_without_one()
    {
        await using ExampleAlertmanager alertmanager = await ExampleAlertmanager.StartAsync();
        await alertmanager.PostAsync(Cases.SelectMany((text, i) => Alerts(text, $"service-{i:00}")));

        string[] expected =
        [
            .. Cases.SelectMany((text, i) => (text.Split(" -> ") is [_, var muted] ? muted.Split(", ") : []).Select(name => $"service-{i:00} {name}")).Order(StringComparer.Ordinal),
        ];
        string[] inhibited = await Eventually.GetAsync(InhibitedAsync, inhibited => inhibited.SequenceEqual(expected), Limit);

        Assert.Equal(expected, inhibited);

        async Task<string[]> InhibitedAsync() => [.. (await alertmanager.InhibitedAsync()).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Outage_of_a_dependency_is_one_message_and_one_end()
    {
        const string Outage =
            "McpIntegrationDown critical 1c, McpCircuitBreakerOpen critical 1c, McpIntegrationErrors critical 1c, McpToolFailing high 1c/get_order, McpToolFailing high 1c/get_stock, "
            + "McpAvailabilityBurn critical, McpErrorRatioHigh medium, McpLatencyTargetMissed low, McpRetriesHigh medium 1c, McpQueueGrowing medium";
        await using ExampleAlertmanager alertmanager = await ExampleAlertmanager.StartAsync();
        Dictionary<string, string>[] alerts = [.. Alerts(Outage, "orders-mcp")];

        await alertmanager.PostAsync(alerts);
        await ToldAsync(1);
        await alertmanager.PostAsync(alerts, DateTimeOffset.UtcNow);

        // The end tells of all of the group: once the cause is over it mutes nothing.
        Assert.Equal(
            ["mcp-critical firing: McpIntegrationDown critical", "mcp-critical resolved: McpCircuitBreakerOpen critical, McpIntegrationDown critical, McpIntegrationErrors critical"],
            await ToldAsync(2));

        Task<string[]> ToldAsync(int count) => Eventually.GetAsync(() => Task.FromResult(alertmanager.Told), told => told.Length >= count, Limit);
    }

    private static IEnumerable<Dictionary<string, string>> Alerts(string text, string service)
    {
        foreach (string[] parts in text.Split(" -> ")[0].Split(", ").Select(alert => alert.Split(' ')))
        {
            var labels = new Dictionary<string, string> { ["alertname"] = parts[0], ["severity"] = parts[1], ["job"] = "mcp", ["mcp_service"] = service };
            string[] about = parts.Length > 2 ? parts[2].Split('/') : [];
            if (about is [{ Length: > 0 } dependency, ..])
            {
                labels["dependency"] = dependency;
            }

            if (about is [_, var operation])
            {
                labels["operation_type"] = "tools";
                labels["operation"] = operation;
            }

            yield return labels;
        }
    }
}
