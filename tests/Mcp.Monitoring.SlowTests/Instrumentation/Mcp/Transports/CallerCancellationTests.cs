using ModelContextProtocol.Client;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>A caller who leaves before the answer has cancelled, or met a hang, whichever way it leaves and whatever the tool makes of it.</summary>
public sealed class LeavingCallerTests
{
    /// <summary>How a caller leaves.</summary>
    public enum Way
    {
        Notification,
        Connection,
        NotificationThenConnection,
        ConnectionThenNotification,
        Delete,
        ConnectionThenDelete,
    }

    /// <summary>What a tool makes of it.</summary>
    public enum Tool
    {
        Stops,
        Answers,
        AnswersWithAnError,
    }

    public static TheoryData<TransportKind, Way, Tool, bool> Leavings
    {
        get
        {
            var data = new TheoryData<TransportKind, Way, Tool, bool>();
            foreach (Tool tool in Enum.GetValues<Tool>())
            {
                foreach (bool isLate in new[] { false, true })
                {
                    data.Add(TransportKind.Stateless, Way.Connection, tool, isLate);
                    foreach (Way way in Enum.GetValues<Way>())
                    {
                        data.Add(TransportKind.Stateful, way, tool, isLate);
                        data.Add(TransportKind.Hybrid, way, tool, isLate);
                    }

                    // Which request a message came with is not known, so only what the session is told counts.
                    data.Add(TransportKind.PerSession, Way.NotificationThenConnection, tool, isLate);
                    data.Add(TransportKind.PerSession, Way.Delete, tool, isLate);
                    data.Add(TransportKind.LegacySse, Way.Notification, tool, isLate);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Leavings))]
    public async Task Caller_who_leaves_has_cancelled_or_met_a_hang(TransportKind kind, Way way, Tool tool, bool isLate)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HttpServer server = await HttpServer.StartAsync(kind, _ => [Primitives.Tool("work", async (CancellationToken cancellationToken) =>
        {
            // Not to be taken back: what the tool waits for may end it before this is called.
            cancellationToken.UnsafeRegister(_ => cancelled.TrySetResult(), null);
            started.SetResult();
            await (tool == Tool.Stops ? released.Task.WaitAsync(cancellationToken) : released.Task);
            return Answer("done", isError: tool == Tool.AnswersWithAnError);
        })]);
        await using HttpPeer peer = await server.Connect().InitializeAsync();
        using var hangUp = new CancellationTokenSource();
        Task call = peer.AskUntilAsync("tools/call", """{"name":"work","arguments":{}}""", hangUp.Token);
        await started.Task;
        server.Clock.Advance(TimeSpan.FromSeconds(isLate ? 30 : 29));

        Task leaving = await LeaveAsync();
        // What the tool does from here on takes long; it is the caller's patience that counts.
        server.Clock.Advance(TimeSpan.FromSeconds(way is Way.Connection or Way.ConnectionThenNotification && kind == TransportKind.Stateful ? 60 : 0));
        released.SetResult();

        server.HasSum(1, "mcp_operations_total", ("operation", "work"), ("outcome", isLate ? "server_error" : "cancelled"));
        server.HasSum(isLate ? 1 : 0, "mcp_errors_total");
        server.HasSum(isLate ? 1 : 0, "mcp_errors_total", ("operation", "work"), ("error_type", "timeout"));
        Assert.Equal(1, server.Sum("mcp_operations_total", ("operation", "work")));
        Assert.Equal(isLate ? 1 : 0, server.Sum("mcp_requests_by_client_total", ("outcome", "server_error")));
        await leaving;
        await hangUp.CancelAsync();
        await Task.WhenAny(call);

        async Task<Task> LeaveAsync()
        {
            double before = Posts();
            Task last = Task.CompletedTask;
            switch (way)
            {
                case Way.Notification:
                    await peer.CancelAsync();
                    await cancelled.Task;
                    break;
                case Way.Connection:
                    await hangUp.CancelAsync();
                    await (kind == TransportKind.Stateless ? cancelled.Task : EndedAsync(before + 1));
                    break;
                case Way.NotificationThenConnection:
                    await peer.CancelAsync();
                    await cancelled.Task;
                    await hangUp.CancelAsync();
                    break;
                case Way.ConnectionThenNotification:
                    await hangUp.CancelAsync();
                    await EndedAsync(before + 1);
                    await peer.CancelAsync();
                    await cancelled.Task;
                    break;
                case Way.Delete:
                    // It is answered when everything in the session has ended.
                    last = peer.DeleteAsync();
                    await cancelled.Task;
                    break;
                default:
                    await hangUp.CancelAsync();
                    last = peer.DeleteAsync();
                    await cancelled.Task;
                    break;
            }

            return last;
        }

        double Posts() => server.Sum("mcp_http_request_duration_seconds_count", ("method", "POST"));

        Task EndedAsync(double posts)
        {
            HttpServer.Until(() => Posts() >= posts, "The request has not ended.");
            return Task.CompletedTask;
        }
    }

    public static TheoryData<string> Methods => [.. ServerMethod.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Caller_of_any_method_who_leaves_has_cancelled(string name)
    {
        var method = ServerMethod.Of(name);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HttpServer server = await HttpServer.StartAsync(TransportKind.Stateful, _ => [], server: (options, _) => ServerMethod.Handle(options, async () =>
        {
            started.SetResult();
            await released.Task;
        }));
        await using HttpPeer peer = await server.Connect().InitializeAsync();
        using var hangUp = new CancellationTokenSource();
        double before = server.Sum("mcp_http_request_duration_seconds_count", ("method", "POST"));
        Task call = peer.AskUntilAsync(method.Name, method.Parameters, hangUp.Token);
        await started.Task;

        await hangUp.CancelAsync();
        server.HasSum(before + 1, "mcp_http_request_duration_seconds_count", ("method", "POST"));
        released.SetResult();

        server.HasSum(1, "mcp_operations_total", ("operation_type", method.OperationType), ("operation", method.Operation), ("outcome", "cancelled"));
        Assert.Equal(0, server.Sum("mcp_errors_total"));
        await Task.WhenAny(call);
    }

    [Theory]
    [InlineData(TransportKind.Stateless)]
    [InlineData(TransportKind.Stateful)]
    [InlineData(TransportKind.Hybrid)]
    [InlineData(TransportKind.PerSession)]
    public async Task Client_of_the_SDK_that_times_out_and_closes_at_once_has_cancelled(TransportKind kind)
    {
        const int Clients = 10;
        using var started = new SemaphoreSlim(0);
        await using HttpServer server = await HttpServer.StartAsync(kind, _ => [Primitives.Tool("hang", async Task<string> (CancellationToken cancellationToken) =>
        {
            started.Release();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return "";
        })]);
        for (int i = 0; i < Clients; i++)
        {
            using var timeout = new CancellationTokenSource();
            Task call;
            await using (McpClient client = await McpClient.CreateAsync(
                new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(server.Address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }),
                new McpClientOptions { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan },
                cancellationToken: TestContext.Current.CancellationToken))
            {
                call = client.CallToolAsync("hang", cancellationToken: timeout.Token).AsTask();
                await started.WaitAsync(TestContext.Current.CancellationToken);
                await timeout.CancelAsync();
            }

            await Assert.ThrowsAnyAsync<Exception>(() => call);
        }

        server.HasSum(Clients, "mcp_operations_total", ("operation", "hang"), ("outcome", "cancelled"));
        server.HasSum(0, "mcp_active_requests", ("operation_type", "tools"));
        Assert.Equal(Clients, server.Sum("mcp_operations_total", ("operation", "hang")));
        Assert.Equal(0, server.Sum("mcp_errors_total"));
    }

    [Theory]
    [InlineData(TransportKind.Stateless)]
    [InlineData(TransportKind.Stateful)]
    [InlineData(TransportKind.Hybrid)]
    [InlineData(TransportKind.PerSession)]
    [InlineData(TransportKind.LegacySse)]
    public async Task Caller_who_waits_for_the_answer_and_leaves_then_had_a_success(TransportKind kind)
    {
        await using HttpServer server = await HttpServer.StartAsync(kind, _ => [Primitives.Tool("add", int () => 3)]);
        await using (HttpPeer peer = await server.Connect().InitializeAsync())
        {
            await peer.CallAsync("add");
        }

        server.HasSum(1, "mcp_operations_total", ("operation", "add"), ("outcome", "success"));
        server.HasSum(0, "mcp_errors_total");
    }
}
