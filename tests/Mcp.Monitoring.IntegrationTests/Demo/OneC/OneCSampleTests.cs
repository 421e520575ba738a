using Mcp.Monitoring.IntegrationTests.Servers;
using OneCServer.OneC;

namespace Mcp.Monitoring.IntegrationTests.Demo.OneC;

/// <summary>The sample as it starts with no switch: a stand-in for 1C, SQLite and a cache in memory.</summary>
public sealed class OneCSampleTests
{
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { nameof(OneCFault.NoLicence), "integration", "1c: no free licence for another session.", "error" },
        { nameof(OneCFault.Locked), "integration", "1c: the infobase is locked, no session may be started.", "error" },
        { nameof(OneCFault.WrongPassword), "auth", "1c: the user or its password is not accepted.", "error" },
        { nameof(OneCFault.NoRight), "auth", "1c: the user lacks a right for this.", "error" },
        { nameof(OneCFault.DataLocked), "timeout", "1c: a lock of data was not granted in time.", "timeout" },
        { nameof(OneCFault.InternalError), "integration", "1c: an error of its own, OData code -1.", "error" },
        { nameof(OneCFault.Hangs), "timeout", "1c: no answer in 0.5 s.", "timeout" },
        { nameof(OneCFault.BreaksOff), "integration", "1c: it cannot be reached, or breaks off.", "error" },
    };

    [Fact]
    public async Task Every_tool_answers_and_what_it_depends_on_is_measured()
    {
        await using OneCSample sample = await OneCSample.StartAsync();

        Assert.Contains("Ромашка", (await sample.CallAsync("get_order", "id", OneCSample.Order)).Text, StringComparison.Ordinal);
        Assert.Contains(OneCSample.Order, (await sample.CallAsync("find_orders", "customer", "Romashka")).Text, StringComparison.Ordinal);
        Assert.Equal((false, "1.5"), await sample.CallAsync("get_price", "item", "pen"));
        Assert.Equal((false, "1.5"), await sample.CallAsync("get_price", "item", "pen"));
        Assert.Equal((false, "It will be sent."), await sample.CallAsync("notify", "id", OneCSample.Order));

        MetricsPage page = await sample.Metrics.ScrapeUntilAsync(page => page.Text.Contains("mcp_integration_sessions{", StringComparison.Ordinal));
        Assert.Equal(1, page.Count("mcp_integration_call_duration_seconds", ("dependency", "1c"), ("call", "GET Document_Order"), ("outcome", "success")));
        Assert.Equal(7, page.Sum("mcp_integration_sessions", ("dependency", "1c"), ("state", "sleeping")));
        Assert.Equal(2, page.Count("mcp_db_query_duration_seconds", ("dependency", "orders_db"), ("statement", "select")));
        Assert.Equal(1, page.Sum("mcp_cache_requests_total", ("cache", "prices"), ("result", "hit")));
        Assert.Equal(1, page.Sum("mcp_cache_requests_total", ("cache", "prices"), ("result", "miss")));
        Assert.Equal(100, page.Sum("mcp_queue_capacity", ("queue", "notifications")));
        Assert.Equal(0, page.Sum("mcp_errors_total"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Each_fault_of_1C_is_classified_and_named_in_words(string fault, string errorType, string text, string outcome)
    {
        await using OneCSample sample = await OneCSample.StartAsync(opensAfter: 50, "--OneC:Timeout", "00:00:00.5");
        sample.Fault = Enum.Parse<OneCFault>(fault);

        Assert.Equal((true, text), await sample.CallAsync("get_order", "id", OneCSample.Order));

        MetricsPage page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_errors_total", ("operation", "get_order"), ("dependency", "1c"), ("error_type", errorType), ("outcome", "server_error")));
        Assert.Equal(1, page.Sum("mcp_errors_total"));
        Assert.Equal(1, page.Count("mcp_integration_call_duration_seconds", ("dependency", "1c"), ("call", "GET Document_Order"), ("outcome", outcome)));
        Assert.Contains(sample.Said, said => said.StartsWith("1c: ", StringComparison.Ordinal));
        Assert.True(fault is nameof(OneCFault.Hangs) or nameof(OneCFault.BreaksOff) || sample.Said.Any(said => said.StartsWith(text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Order_that_is_not_there_is_an_error_of_the_tool_and_a_success_of_1C()
    {
        await using OneCSample sample = await OneCSample.StartAsync();

        Assert.Equal((true, $"There is no order {OneCSample.NoOrder}."), await sample.CallAsync("get_order", "id", OneCSample.NoOrder));

        MetricsPage page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Count("mcp_integration_call_duration_seconds", ("dependency", "1c"), ("call", "GET Document_Order"), ("outcome", "success")));
        Assert.Equal(0, page.Sum("mcp_errors_total", ("dependency", "1c")));
        Assert.Empty(sample.Said);
    }

    [Fact]
    public async Task Breaker_that_stops_calls_says_so_to_the_model()
    {
        await using OneCSample sample = await OneCSample.StartAsync();
        sample.Fault = OneCFault.NoLicence;

        // Two calls with three tries each, the fifth of which opens it, or one before it where the probe has failed meanwhile.
        for (int i = 0; i < 2; i++)
        {
            await sample.CallAsync("get_order", "id", OneCSample.Order);
        }

        (bool isError, string text) = await sample.CallAsync("get_order", "id", OneCSample.Order);

        Assert.True(isError);
        Assert.Matches("^1c: it has failed too often, calls are stopped\\. Try again in (60|5[0-9]) s\\.$", text);
        MetricsPage page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_circuit_breaker_state", ("dependency", "1c"), ("state", "open")));
        Assert.True(page.Sum("mcp_errors_total", ("operation", "get_order"), ("dependency", "1c"), ("error_type", "circuit_breaker")) >= 1);
    }
}
