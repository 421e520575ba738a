using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class ClientLabelTests
{
    [Theory]
    [InlineData(Rpc.Old)]
    [InlineData(Rpc.Previous)]
    [InlineData(Rpc.Newest)]
    public async Task Requests_are_counted_by_the_clients_name_and_its_revision(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await Start(host).ConnectAsync(revision);

        await client.CallAsync("add");
        await client.CallAsync("fail");

        // The handshake is a success, too.
        await host.StopAsync();
        Assert.Equal([$"client claude-code {revision} server_error 1", $"client claude-code {revision} success 2"], ByClient(host), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Claude-CODE", "claude-code")]
    [InlineData("claude-code-2", "_other")]
    [InlineData("", "_other")]
    [InlineData("\" evil \n", "_other")]
    public async Task Name_that_is_not_on_the_list_is_other(string name, string label)
    {
        await using var host = new MonitoredHost();
        McpClient client = await Start(host).ConnectAsync(Rpc.Newest, options => options.ClientInfo = new Implementation { Name = name, Version = "1" });

        await client.CallAsync("add");

        await host.StopAsync();
        Assert.Equal([$"client {label} {Rpc.Newest} success 2"], ByClient(host), StringComparer.Ordinal);
    }

    [Fact]
    public async Task List_of_the_hosts_own_replaces_ours()
    {
        await using var host = new MonitoredHost(configure: options => options.Clients.Names = ["my-agent"]);
        Session mine = Start(host);
        Session other = Start(host);

        await mine.AskAsync(Rpc.Initialize("my-agent", Rpc.Previous));
        await other.AskAsync(Rpc.Initialize("claude-code", Rpc.Previous));

        await host.StopAsync();
        Assert.Equal([$"client _other {Rpc.Previous} success 1", $"client my-agent {Rpc.Previous} success 1"], ByClient(host), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Revision_that_we_do_not_know_is_other()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Rpc.Call("add"));

        // A client that never said what it speaks.
        await host.StopAsync();
        Assert.Equal(["client _other _other success 1"], ByClient(host), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Refused_calls_are_counted_by_client_as_well()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);
        await session.AskAsync(Rpc.Initialize("goose", Rpc.Previous));

        await session.AskAsync(Rpc.Call("none", id: 2));
        await session.AskAsync(Rpc.Call("add", "[]", id: 3));
        await session.AskAsync(Rpc.Request("nonsense", id: 4));

        await host.StopAsync();
        Assert.Equal([$"client goose {Rpc.Previous} client_error 3", $"client goose {Rpc.Previous} success 1"], ByClient(host), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_request_of_a_client_is_counted_once_for_it()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);
        await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"add\",\"arguments\":{}", id: 1, client: "goose"));
        await session.AskAsync(Rpc.Modern("tools/call", "\"name\":\"add\",\"arguments\":{}", id: 2, client: "Zed"));
        await session.AskAsync(Rpc.Modern("tools/list", id: 3, client: "goose"));

        await host.StopAsync();

        Assert.Equal([$"client Zed {Rpc.Newest} success 1", $"client goose {Rpc.Newest} success 2"], ByClient(host), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Clients_past_the_cap_of_their_label_are_counted_together()
    {
        await using var host = new MonitoredHost(configure: options => options.Prometheus.SeriesCap = 1);
        Session session = Start(host);
        string[] clients = ["goose", "Zed", "claude-code", "Zed"];
        for (int i = 0; i < clients.Length; i++)
        {
            await session.AskAsync(Rpc.Modern("tools/list", id: i + 1, client: clients[i]));
        }

        await host.StopAsync();

        Assert.Equal([$"client _other {Rpc.Newest} success 3", $"client goose {Rpc.Newest} success 1"], ByClient(host), StringComparer.Ordinal);
    }

    private static IEnumerable<string> ByClient(MonitoredHost host) => host.Samples("mcp_requests_by_client_total")
        .Select(sample => sample.Text("client", "client", "protocol_version", "outcome"))
        .Where(line => !line.EndsWith(" 0", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static Session Start(MonitoredHost host) => host.Start(options =>
        options.ToolCollection = [Tool("add", () => 3), Throwing("fail", () => new InvalidOperationException("fail"))]);
}
