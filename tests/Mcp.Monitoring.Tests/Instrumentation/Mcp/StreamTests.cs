using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class StreamTests
{
    private const string Everything = "\"notifications\":{\"toolsListChanged\":true}";

    [Fact]
    public async Task Open_stream_is_a_stream_and_no_active_request()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);

        string acknowledged = await session.AskAsync(Rpc.Modern("subscriptions/listen", Everything));

        Assert.Contains("notifications/subscriptions/acknowledged", acknowledged, StringComparison.Ordinal);
        Assert.Equal(["streams 1"], host.Counted());
        host.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(0, host.Value("mcp_active_request_age_seconds", ("operation_type", "protocol")));
        await session.SendAsync(Rpc.Cancel());
    }

    [Fact]
    public async Task Stream_whose_reader_has_left_is_a_success_without_a_duration()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);
        await session.AskAsync(Rpc.Modern("subscriptions/listen", Everything));
        host.Clock.Advance(TimeSpan.FromHours(5));

        await session.SendAsync(Rpc.Cancel());

        await host.CountedAsync(["ended protocol subscriptions/listen success 1"]);
    }

    [Fact]
    public async Task Call_beside_an_open_stream_is_counted_as_ever()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);
        await session.AskAsync(Rpc.Modern("subscriptions/listen", Everything, id: 1));

        await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"add\",\"arguments\":{}", id: 2));
        await session.SendAsync(Rpc.Cancel(1));

        await host.CountedAsync(["ended protocol subscriptions/listen success 1"], Tally.Success("tools", "add"));
    }

    [Fact]
    public async Task Stream_that_fails_is_an_error_without_a_duration()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.Handlers.SubscriptionsListenHandler = (_, _) => throw new HttpRequestException("no events"));

        await session.AskAsync(Rpc.Modern("subscriptions/listen", Everything));

        await host.CountedAsync(
            ["ended protocol subscriptions/listen server_error 1", "error protocol subscriptions/listen server_error integration 1"]);
    }

    [Fact]
    public async Task Stream_that_cannot_be_read_is_a_client_error()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);

        await session.AskAsync(Rpc.Modern("subscriptions/listen", "\"notifications\":7"));

        await host.CountedAsync(Tally.ClientError("protocol", "subscriptions/listen"));
    }
}
