using Mcp.Monitoring.IntegrationTests.Processes;

namespace Mcp.Monitoring.IntegrationTests.Demo.OneC;

/// <summary>What the sample's page promises of <c>--demo</c>, with steps of two seconds. Alone on the machine, since it has times.</summary>
[Collection(nameof(OneAtATime))]
public sealed class OneCDemoTests
{
    private const int MostLines = 150;
    private const string Breaker = "The circuit breaker of 1c: ";

    private static readonly string[] Families =
    [
        "mcp_integration_call_duration_seconds_count", "mcp_integration_connections_total", "mcp_integration_sessions", "mcp_retry_attempts_total", "mcp_retry_exhausted_total",
        "mcp_circuit_breaker_state", "mcp_circuit_breaker_transitions_total", "mcp_circuit_breaker_rejected_total", "mcp_db_query_duration_seconds_count", "mcp_db_connections",
        "mcp_cache_requests_total", "mcp_queue_size", "mcp_dependency_up",
    ];

    [Fact]
    public async Task Breaker_opens_and_closes_retries_are_given_up_and_an_alert_fires_and_resolves()
    {
        await using ChildProcess demo = ChildProcess.Start(Programs.Dotnet, Programs.OneCSample, "--demo", "--demo-step", "2s", "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var metrics = new Uri((await LineAsync("Metrics"))["Metrics".Length..].Trim());

        string[] missing = await MissingAsync(
            "1c: no free licence for another session", "given up after all retries", Breaker + "closed -> open", Breaker + "open -> half_open", Breaker + "half_open -> closed", "🔴 critical · 1c ", "🟢 resolved · 1c ");
        string page = await http.GetStringAsync(metrics, TestContext.Current.CancellationToken);

        Assert.Empty(missing);
        Assert.All(Families, family => Assert.Contains($"\n{family}{{", page, StringComparison.Ordinal));

        async Task<string> LineAsync(string text)
        {
            Assert.Empty(await MissingAsync(text));
            return demo.Said.Split('\n').First(line => line.Contains(text, StringComparison.Ordinal));
        }

        // In whichever order they come.
        async Task<string[]> MissingAsync(params string[] texts)
        {
            for (int i = 0; i < MostLines && texts.Length > 0 && await demo.ReadLineAsync() is { } line; i++)
            {
                texts = [.. texts.Where(text => !line.Contains(text, StringComparison.Ordinal))];
            }

            return texts;
        }
    }
}
