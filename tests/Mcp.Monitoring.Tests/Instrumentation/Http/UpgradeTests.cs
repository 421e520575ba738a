using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class UpgradeTests
{
    private static readonly Uri Address = new("ws://localhost/live");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connection_is_active_until_it_is_upgraded_and_a_stream_from_then_on()
    {
        var reached = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        WebApp? own = null;
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/live", async http =>
        {
            reached.SetResult();
            await released.Task;
            own!.Clock.Advance(TimeSpan.FromSeconds(2));
            using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
            await EchoAsync(socket);
        }));
        own = app;

        Task<WebSocket> connecting = app.Server.CreateWebSocketClient().ConnectAsync(Address, Cancelled);
        await reached.Task;
        Assert.Equal(["active http 1"], app.Counted());
        released.SetResult();
        using WebSocket socket = await connecting;

        app.HasCounted("http GET /live 101 stream 1", "streams 1");
        Assert.Equal(2, app.Seconds("/live"));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, Cancelled);
        app.HasCounted("http GET /live 101 stream 1");
    }

    [Fact]
    public async Task Time_and_messages_after_the_upgrade_are_no_part_of_its_duration()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/live", async http =>
        {
            using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
            await EchoAsync(socket);
        }));
        using WebSocket socket = await app.Server.CreateWebSocketClient().ConnectAsync(Address, Cancelled);

        app.Clock.Advance(TimeSpan.FromHours(5));
        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        await socket.ReceiveAsync(new byte[16], Cancelled);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, Cancelled);

        app.HasCounted("http GET /live 101 stream 1");
        Assert.Equal(0, app.Seconds("/live"));
    }

    [Fact]
    public async Task Failure_after_the_upgrade_is_an_error_of_its_route_and_ends_the_stream()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/live", async http =>
        {
            using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[16], http.RequestAborted);
            throw new TimeoutException();
        }));
        using WebSocket socket = await app.Server.CreateWebSocketClient().ConnectAsync(Address, Cancelled);

        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

        app.HasCounted("http GET /live 101 stream 1", "error http /live server_error timeout 1");
    }

    [Fact]
    public async Task Refused_upgrade_is_an_answer()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/live", http =>
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }));

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Server.CreateWebSocketClient().ConnectAsync(Address, Cancelled));

        app.HasCounted("http GET /live 400 unary 1");
    }

    [Theory]
    [InlineData(200, "stream", "streams 1")]
    [InlineData(502, "unary", "active http 1")]
    public async Task Tunnel_is_a_stream_where_it_is_granted(int status, string kind, string meanwhile)
    {
        var released = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(app => app.Map("/live", async http =>
        {
            http.Response.StatusCode = status;
            await http.Response.Body.FlushAsync();
            await released.Task;
        }));

        await app.SendAsync("/live", "CONNECT");

        Assert.Contains(meanwhile, app.Counted(), StringComparer.Ordinal);
        released.SetResult();
        string[] errors = status == 502 ? ["error http /live server_error internal 1"] : [];
        app.HasCounted([$"http CONNECT /live {status} {kind} 1", .. errors]);
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        byte[] buffer = new byte[16];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, Cancelled);
        while (received.MessageType != WebSocketMessageType.Close)
        {
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, Cancelled);
            received = await socket.ReceiveAsync(buffer, Cancelled);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, Cancelled);
    }
}
