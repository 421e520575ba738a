using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Server;
#pragma warning disable MCP9006, MCPEXP002 // Sessions are kept for older clients; who runs them is experimental.
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>A session counts as active until it ends, whoever ends it and however, or until ten minutes without a message have passed.</summary>
public sealed class SessionEndTests
{
    private const string Gauge = "mcp_sessions_active";

    public static TheoryData<TransportKind, bool> DeletedKinds => new MatrixTheoryData<TransportKind, bool>([TransportKind.Stateful, TransportKind.Hybrid, TransportKind.PerSession], [true, false]);

    public static TheoryData<TransportKind> KindsWithSessions => [TransportKind.Stateful, TransportKind.Hybrid, TransportKind.PerSession, TransportKind.LegacySse];

    [Theory]
    [MemberData(nameof(DeletedKinds))]
    public async Task Session_that_its_client_deletes_has_ended(TransportKind kind, bool isNotified)
    {
        await using HttpServer server = await StartAsync(kind);
        await using HttpPeer one = await server.Connect().InitializeAsync(isNotified: isNotified);
        await using HttpPeer other = await server.Connect().InitializeAsync(isNotified: isNotified);
        await one.CallAsync("add");
        server.HasSum(2, Gauge);

        await one.DeleteAsync();

        server.HasSum(1, Gauge);
        await other.CallAsync("add");
        Assert.Equal(1, server.Sum(Gauge));
        Assert.Equal(0, server.Sum("mcp_monitoring_errors_total"));
    }

    [Theory]
    [InlineData(TransportKind.Stateful)]
    [InlineData(TransportKind.Hybrid)]
    [InlineData(TransportKind.PerSession)]
    public async Task Session_that_is_deleted_while_a_call_is_in_progress_has_ended_and_is_no_error(TransportKind kind)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HttpServer server = await StartAsync(kind, tool: Tool("hang", async Task<string> (CancellationToken cancellationToken) =>
        {
            started.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return "";
        }));
        await using HttpPeer peer = await server.Connect().InitializeAsync();
        Task<string> call = peer.CallAsync("hang");
        await started.Task;

        await peer.DeleteAsync();

        server.HasSum(0, Gauge);
        server.HasSum(1, "mcp_operations_total", ("operation", "hang"), ("outcome", "cancelled"));
        await Assert.ThrowsAnyAsync<Exception>(() => call);
        server.HasSum(0, "mcp_active_requests");
        Assert.Equal(0, server.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(TransportKind.Stateful)]
    [InlineData(TransportKind.Hybrid)]
    [InlineData(TransportKind.PerSession)]
    public async Task Message_that_meets_the_end_of_its_session_is_no_error(TransportKind kind)
    {
        // Three notifications and a call race the deletion; unguarded, one round in eighty met it between two steps of the transport.
        const int Rounds = 400;
        await using HttpServer server = await StartAsync(kind);
        await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (_, token) =>
        {
            await using HttpPeer peer = await server.Connect().InitializeAsync();
            Task[] all = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(peer.CancelAsync, token)), Task.Run(() => peer.CallAsync("add"), token), Task.Run(() => peer.DeleteAsync(), token)];
            foreach (Task one in all)
            {
                // Whoever comes too late is told so.
                await one.ContinueWith(static done => done.Exception, token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        });

        server.HasSum(0, "mcp_active_requests");
        server.HasSum(Rounds, "mcp_http_request_duration_seconds_count", ("method", "DELETE"));
        Assert.Equal(0, server.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task What_middleware_throws_around_a_message_of_a_session_is_an_error(Type type)
    {
        bool fails = false;
        await using HttpServer server = await StartAsync(TransportKind.Stateful, map: app => app.Use((http, next) =>
            fails ? throw (Exception)Activator.CreateInstance(type, "mine")! : next(http)));
        await using HttpPeer peer = await server.Connect().InitializeAsync();
        fails = true;

        await Assert.ThrowsAsync<HttpRequestException>(peer.CancelAsync);

        server.HasSum(1, "mcp_errors_total", ("operation", "/mcp"), ("error_type", "internal"));
    }

    [Theory]
    [MemberData(nameof(KindsWithSessions))]
    public async Task Session_that_the_host_ends_has_ended(TransportKind kind)
    {
        List<CancellationTokenSource> ends = [];
        await using HttpServer server = await StartAsync(kind, transport: options => options.RunSessionHandler = async (_, session, cancellationToken) =>
        {
            var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lock (ends)
            {
                ends.Add(end);
            }

            await session.RunAsync(end.Token);
        });
        await using HttpPeer one = await server.Connect().InitializeAsync();
        await using HttpPeer other = await server.Connect().InitializeAsync();
        server.HasSum(2, Gauge);

        await ends[0].CancelAsync();

        server.HasSum(1, Gauge);
    }

    [Theory]
    [InlineData(TransportKind.Stateful)]
    [InlineData(TransportKind.Hybrid)]
    [InlineData(TransportKind.PerSession)]
    public async Task Session_that_the_server_ends_because_it_was_idle_has_ended(TransportKind kind)
    {
        await using HttpServer server = await StartAsync(kind, transport: options => options.IdleTimeout = TimeSpan.FromMinutes(2));
        await using HttpPeer idle = await server.Connect().InitializeAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(90));
        await using HttpPeer busy = await server.Connect().InitializeAsync();
        server.HasSum(2, Gauge);

        server.Clock.Advance(TimeSpan.FromSeconds(40));

        server.HasSum(1, Gauge);
    }

    [Fact]
    public async Task Sessions_that_the_server_ends_because_there_are_too_many_have_ended()
    {
        await using HttpServer server = await StartAsync(TransportKind.Stateful, transport: options => options.MaxIdleSessionCount = 2);
        for (int i = 0; i < 6; i++)
        {
            await using HttpPeer peer = await server.Connect().InitializeAsync();
        }

        Assert.InRange(server.Sum(Gauge), 2, 3);
    }

    [Theory]
    [InlineData(TransportKind.Stateful, "/orders/7")]
    [InlineData(TransportKind.PerSession, "/orders/7")]
    [InlineData(TransportKind.Stateful, "/mcp/orders")]
    [InlineData(TransportKind.Stateful, "/other")]
    public async Task Session_goes_on_when_something_else_is_deleted_with_its_header(TransportKind kind, string path)
    {
        await using HttpServer server = await StartAsync(kind, map: app =>
        {
            app.MapDelete("/orders/{id}", () => "gone");
            app.MapDelete("/mcp/orders", () => Results.NoContent());
            app.Map("/other", branch => branch.Run(http => http.Response.WriteAsync("gone")));
        });
        await using HttpPeer peer = await server.Connect().InitializeAsync();

        await peer.DeleteAsync(path);

        Assert.Equal(1, server.Sum(Gauge));
        await peer.DeleteAsync();
        server.HasSum(0, Gauge);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Legacy_session_whose_stream_its_client_closes_has_ended(bool isNotified)
    {
        await using HttpServer server = await StartAsync(TransportKind.LegacySse);
        await using HttpPeer one = await server.Connect().InitializeAsync(isNotified: isNotified);
        await using HttpPeer other = await server.Connect().InitializeAsync(isNotified: isNotified);
        server.HasSum(2, Gauge);

        await one.CloseStreamAsync();

        server.HasSum(1, Gauge);
    }

    [Theory]
    [InlineData(599, 1)]
    [InlineData(601, 0)]
    public async Task Session_whose_client_says_nothing_any_more_runs_out_after_ten_minutes(int seconds, int active)
    {
        await using HttpServer server = await StartAsync(TransportKind.Stateful);
        await using HttpPeer peer = await server.Connect().InitializeAsync();

        server.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(active, server.Sum(Gauge));
        await peer.CallAsync("add");
        Assert.Equal(1, server.Sum(Gauge));
    }

    [Fact]
    public async Task Session_that_ran_out_and_came_back_has_ended_when_it_is_deleted()
    {
        await using HttpServer server = await StartAsync(TransportKind.Stateful);
        await using HttpPeer peer = await server.Connect().InitializeAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(11));
        server.HasSum(0, Gauge);
        await peer.CallAsync("add");
        server.HasSum(1, Gauge);

        await peer.DeleteAsync();

        server.HasSum(0, Gauge);
    }

    [Fact]
    public async Task Any_message_keeps_a_session_active()
    {
        await using HttpServer server = await StartAsync(TransportKind.Stateful);
        await using HttpPeer peer = await server.Connect().InitializeAsync();
        for (int i = 0; i < 3; i++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(9));
            await peer.NotifyAsync("notifications/progress", """{"progressToken":"x","progress":1}""");
            server.HasSum(1, Gauge);
        }

        server.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, server.Sum(Gauge));
    }

    [Fact]
    public async Task Server_without_sessions_has_none()
    {
        await using HttpServer server = await StartAsync(TransportKind.Stateless);
        await using HttpPeer peer = await server.Connect().InitializeAsync();

        await peer.CallAsync("add");

        Assert.Equal(0, server.Sum(Gauge));
    }

    private static Task<HttpServer> StartAsync(
        TransportKind kind,
        Action<ModelContextProtocol.AspNetCore.HttpServerTransportOptions>? transport = null,
        McpServerTool? tool = null,
        Action<WebApplication>? map = null) =>
        HttpServer.StartAsync(kind, _ => [tool ?? Tool("add", int () => 3)], transport, map: map);
}
