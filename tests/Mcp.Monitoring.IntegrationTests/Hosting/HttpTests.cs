using System.Net;
using Mcp.Monitoring.IntegrationTests.Clients;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.IntegrationTests.Hosting;

/// <summary>What only clients without good manners do over HTTP.</summary>
public sealed class HttpTests
{
    private const string Slow = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"unstable","arguments":{"how":"slow"}}}""";
    private const string Weather = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_weather","arguments":{"city":"Oslo"}}}""";

    [Fact]
    public async Task A_caller_who_hangs_up_is_counted_as_cancelled()
    {
        await using var sample = await Sample.StartAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = sample.PostAsync(Slow, "2025-11-25", patience.Token);
        await sample.Metrics.ScrapeUntilAsync(page => page.Sum("mcp_active_requests", ("operation_type", "tools")) is 1);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "unstable"), ("outcome", "cancelled")));
        Assert.Equal(1, page.Sum("mcp_operations_total"));
        Assert.Equal(0, page.Sum("mcp_errors_total"));
    }

    // The protocol says of sessions that a lost connection is no cancellation, so the tool goes on; but nobody waits for its answer.
    [Fact]
    public async Task A_caller_with_a_session_who_only_hangs_up_gets_the_call_counted_as_cancelled()
    {
        await using var sample = await Sample.StartAsync("--stateful");
        await using var client = await Caller.ConnectAsync(sample.Mcp, sample.Http, "2025-11-25");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = client.CallToolAsync("unstable", Caller.Arguments("how", "slow"), cancellationToken: patience.Token).AsTask();
        await sample.Metrics.ScrapeUntilAsync(page => page.Sum("mcp_active_requests", ("operation_type", "tools")) is 1);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "unstable"), ("outcome", "cancelled")));
        Assert.Equal(1, page.Sum("mcp_operations_total", ("operation", "unstable")));
    }

    [Theory]
    [InlineData("2099-01-01", "{}", false)]
    [InlineData("2099-01-01", "{}", true)]
    [InlineData("2026-07-28", "{}", false)]     // this revision asks for _meta in every request
    [InlineData("2026-07-28", "{}", true)]
    [InlineData("2026-07-28", """{"io.modelcontextprotocol/protocolVersion":"2025-11-25"}""", false)]
    [InlineData("2026-07-28", """{"io.modelcontextprotocol/protocolVersion":"2025-11-25"}""", true)]
    public async Task A_request_without_a_revision_that_can_be_agreed_on_is_refused_by_the_transport_and_is_no_operation(string revision, string meta, bool isStateful)
    {
        await using var sample = await Sample.StartAsync(isStateful ? ["--stateful"] : []);
        string body = Weather.Replace("\"params\":{", "\"params\":{\"_meta\":" + meta + ",", StringComparison.Ordinal);

        using var answer = await sample.PostAsync(body, revision, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Matches("""mcp_http_request_duration_seconds_count\{[^}]*method="POST",route="/mcp",status_code="400"[^}]*\} 1\n""", page.Text);
        Assert.Equal(0, page.Sum("mcp_operations_total"));
        Assert.Equal(0, page.Sum("mcp_requests_by_client_total"));
        Assert.Equal(0, page.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0"}""")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\u0000")]
    public async Task A_body_that_is_no_message_is_refused_and_counted_nowhere(string body)
    {
        await using var sample = await Sample.StartAsync();
        var before = await sample.Metrics.ScrapeAsync();

        using var answer = await sample.PostAsync(body, "2025-11-25", TestContext.Current.CancellationToken);

        var after = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(after.GrowthSince(before, "mcp_operations_total", "operation", "outcome"));
        Assert.Empty(after.GrowthSince(before, "mcp_errors_total", "operation", "outcome"));
        Assert.Empty(after.GrowthSince(before, "mcp_requests_by_client_total", "client", "protocol_version", "outcome"));
        Assert.Equal(0, after.Sum("mcp_monitoring_errors_total"));
    }

    [Fact]
    public async Task A_server_that_got_nonsense_still_answers()
    {
        await using var sample = await Sample.StartAsync();
        using var nonsense = await sample.PostAsync("{", "2025-11-25", TestContext.Current.CancellationToken);

        using var answer = await sample.PostAsync(Weather, "2025-11-25", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, (await sample.Metrics.ScrapeWhenQuietAsync()).Sum("mcp_operations_total", ("outcome", OperationOutcome.Success.Label())));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"invented_$","arguments":{}}}""", "tools")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"invented_$"}}""", "prompts")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"invented://$"}}""", "resources")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"invented/$"}""", "protocol")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"invented_$","version":"1"}}}""", null)]
    public async Task A_thousand_invented_names_add_no_line(string body, string? unknownOf)
    {
        const int Names = 1_000;
        await using var sample = await Sample.StartAsync();
        await InventAsync(0);
        var first = await sample.Metrics.ScrapeWhenQuietAsync();

        await Parallel.ForAsync(1, Names, TestContext.Current.CancellationToken, async (i, _) => await InventAsync(i));

        var last = await sample.Metrics.ScrapeWhenQuietAsync();
        Assert.Equal(first.OwnSeries, last.OwnSeries);
        Assert.DoesNotContain("invented", last.Text, StringComparison.Ordinal);
        Assert.Equal(Names, last.Sum("mcp_operations_total"));
        Assert.Equal(unknownOf is null ? 0 : Names, last.Sum("mcp_unknown_operations_total", ("operation_type", unknownOf ?? "")));

        async Task InventAsync(int i)
        {
            using var answer = await sample.PostAsync(
                body.Replace("$", $"{i}", StringComparison.Ordinal), "2025-11-25", TestContext.Current.CancellationToken);
        }
    }
}
