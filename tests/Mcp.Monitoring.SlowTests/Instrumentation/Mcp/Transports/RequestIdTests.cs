using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Instrumentation.Logging;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp.Transports;

/// <summary>Whatever transport brings a call, its ids are its own: those of its HTTP request where the transport knows it, else new ones.</summary>
[Collection(nameof(Alone))]
public sealed class RequestIdTests : IDisposable
{
    private static readonly TransportKind[] Kinds = Enum.GetValues<TransportKind>();
    private readonly List<ActivityListener> _listeners = [];

    public static TheoryData<TransportKind, string> KindsAndListeners => new MatrixTheoryData<TransportKind, string>(
        Kinds, ["nobody", "HTTP", "the SDK", "monitoring", "all"]);

    public static TheoryData<TransportKind> EveryKind => [.. Kinds];

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());

    [Theory]
    [MemberData(nameof(KindsAndListeners))]
    public async Task Calls_one_after_the_other_have_each_its_own_ids(TransportKind kind, string listener)
    {
        Listen(listener);
        await using HttpServer server = await HttpServer.StartAsync(kind, Tools);
        await using HttpPeer peer = await server.Connect().InitializeAsync("ticket-0");

        var calls = new List<Ids>();
        for (int i = 1; i <= 3; i++)
        {
            calls.Add(Ids.Parse(await peer.CallAsync("ids", $"ticket-{i}")));
        }

        AreTheirOwn(kind, calls);
    }

    [Theory]
    [MemberData(nameof(KindsAndListeners))]
    public async Task Calls_at_once_in_one_session_have_each_its_own_ids(TransportKind kind, string listener)
    {
        const int AtOnce = 8;
        Listen(listener);
        using var together = new Barrier(AtOnce);
        await using HttpServer server = await HttpServer.StartAsync(kind, services => [Tool("ids", async Task<string> () =>
        {
            string before = IdsNow(services);
            // All are in progress at the same time.
            await Task.Factory.StartNew(() => together.SignalAndWait(TimeSpan.FromSeconds(30)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return before == IdsNow(services) ? before : throw new InvalidOperationException("The ids have changed on the way.");
        })]);
        await using HttpPeer peer = await server.Connect().InitializeAsync("ticket-0");

        string[] answers = await Task.WhenAll(Enumerable.Range(1, AtOnce).Select(i => peer.CallAsync("ids", $"ticket-{i}")));

        AreTheirOwn(kind, [.. answers.Select(Ids.Parse)]);
    }

    [Theory]
    [MemberData(nameof(KindsAndListeners))]
    public async Task Call_that_goes_on_after_its_request_has_ended_keeps_its_ids(TransportKind kind, string listener)
    {
        Listen(listener);
        var started = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var later = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using HttpServer server = await HttpServer.StartAsync(kind, services =>
        [
            Tool("ids", string () => IdsNow(services)),
            Tool("long", string () =>
            {
                started.TrySetResult(IdsNow(services));
                _ = LaterAsync();
                return "It goes on.";

                async Task LaterAsync()
                {
                    await released.Task;
                    later.TrySetResult(IdsNow(services));
                }
            }),
        ]);
        await using HttpPeer peer = await server.Connect().InitializeAsync("ticket-0");

        await peer.CallAsync("long", "ticket-1");
        string between = await peer.CallAsync("ids", "ticket-2");
        released.SetResult();
        string after = await peer.CallAsync("ids", "ticket-3");

        Assert.Equal(Ids.Parse(await started.Task).CorrelationId, Ids.Parse(await later.Task).CorrelationId);
        AreTheirOwn(kind, [Ids.Parse(await started.Task), Ids.Parse(between), Ids.Parse(after)]);
    }

    [Theory]
    [MemberData(nameof(KindsAndListeners))]
    public async Task Trace_that_a_call_brings_is_its_own(TransportKind kind, string listener)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        Listen(listener);
        await using HttpServer server = await HttpServer.StartAsync(kind, Tools);
        await using HttpPeer peer = await server.Connect().InitializeAsync("ticket-0");

        await peer.CallAsync("ids");
        var call = Ids.Parse(await peer.CallAsync("ids", meta: $$"""{"traceparent":"00-{{Trace}}-b7ad6b7169203331-01"}"""));

        Assert.Equal(Trace, call.TraceId);
    }

    public static TheoryData<TransportKind, string> KindsAndMethods => new MatrixTheoryData<TransportKind, string>(Kinds, ServerMethod.All.Select(method => method.Name));

    [Theory]
    [MemberData(nameof(KindsAndMethods))]
    public async Task Requests_of_every_method_have_each_its_own_ids(TransportKind kind, string name)
    {
        var method = ServerMethod.Of(name);
        List<Ids> seen = [];
        Listen("all");
        await using HttpServer server = await HttpServer.StartAsync(kind, _ => [], server: (options, services) => ServerMethod.Handle(options, () =>
        {
            seen.Add(Ids.Parse(IdsNow(services)));
            return Task.CompletedTask;
        }));
        await using HttpPeer peer = await server.Connect().InitializeAsync("ticket-0");

        for (int i = 1; i <= 3; i++)
        {
            await peer.AskWithIdAsync(method.Name, method.Parameters, $"ticket-{i}");
        }

        AreTheirOwn(kind, seen);
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public async Task Filter_of_the_host_and_a_tool_that_is_not_monitored_are_in_no_request_but_their_own(TransportKind kind)
    {
        List<string> seen = [];
        await using HttpServer server = await HttpServer.StartAsync(
            kind,
            services => [Tool("ignored", [MonitorMcpOperation(Ignore = true)] string () => IdsNow(services))],
            server: (options, _) => options.Filters.Message.IncomingFilters.Add(next => (context, cancellationToken) =>
            {
                lock (seen)
                {
                    seen.Add(OperationContext.Current?.CorrelationId ?? "none");
                }

                return next(context, cancellationToken);
            }));
        await using HttpPeer peer = await server.Connect().InitializeAsync("ticket-0");
        seen.Clear();

        var call = Ids.Parse(await peer.CallAsync("ignored", "ticket-1"));

        string expected = Knows(kind) ? "ticket-1" : "none";
        Assert.Equal(expected, call.CorrelationId);
        Assert.Contains(expected, seen, StringComparer.Ordinal);
        Assert.DoesNotContain("ticket-0", seen, StringComparer.Ordinal);
    }

    // The line is written outside of all filters of requests, so that where the transport knows no request of a message there is no id yet, and none any more.
    public static TheoryData<TransportKind, bool> KindsAndFailures => new MatrixTheoryData<TransportKind, bool>(Kinds.Where(Knows), [true, false]);

    [Theory]
    [MemberData(nameof(KindsAndFailures))]
    public async Task Line_of_the_SDK_about_a_tool_that_failed_has_the_id_of_the_call(TransportKind kind, bool isLater)
    {
        using var log = new ScopeRecords();
        string? id = null;
        await using HttpServer server = await HttpServer.StartAsync(
            kind,
            services => [Tool("fail", async Task<string> () =>
            {
                if (isLater)
                {
                    await Task.Yield();
                }

                id = services.GetRequiredService<IMcpMonitor>().CorrelationId;
                throw new InvalidOperationException("no");
            })],
            log: log);
        await using HttpPeer peer = await server.Connect().InitializeAsync();

        await Record.ExceptionAsync(() => peer.CallAsync("fail"));

        Assert.NotNull(id);
        Assert.Equal(id, log.OfError().GetValueOrDefault("CorrelationId"));
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public async Task Calls_of_a_host_that_does_not_watch_HTTP_have_each_its_own_ids(TransportKind kind)
    {
        await using HttpServer server = await HttpServer.StartAsync(kind, Tools, configure: options => options.Http.Enabled = false);
        await using HttpPeer peer = await server.Connect().InitializeAsync();

        Ids[] calls = [Ids.Parse(await peer.CallAsync("ids")), Ids.Parse(await peer.CallAsync("ids")), Ids.Parse(await peer.CallAsync("ids"))];

        Assert.Equal(3, calls.Select(call => call.CorrelationId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(calls, call => Assert.NotEqual("none", call.CorrelationId, StringComparer.Ordinal));
    }

    private static bool Knows(TransportKind kind) => kind is TransportKind.Stateless or TransportKind.Stateful or TransportKind.Hybrid;

    private static McpServerTool[] Tools(IServiceProvider services) => [Tool("ids", string () => IdsNow(services))];

    private static void AreTheirOwn(TransportKind kind, IReadOnlyList<Ids> calls)
    {
        string[] tickets = [.. calls.Select(call => call.CorrelationId)];
        if (Knows(kind))
        {
            Assert.Equal(Enumerable.Range(1, calls.Count).Select(i => $"ticket-{i}"), tickets, StringComparer.Ordinal);
        }
        else
        {
            Assert.All(tickets, ticket => Assert.Matches("^[0-9a-f]{32}$", ticket));
            Assert.Equal(calls.Count, tickets.Distinct(StringComparer.Ordinal).Count());
        }

        // Where there is a trace, no other call has it.
        string[] traces = [.. calls.Select(call => call.TraceId).Where(trace => trace != "none")];
        Assert.Equal(traces.Length, traces.Distinct(StringComparer.Ordinal).Count());
        string[] spans = [.. calls.Select(call => call.SpanTraceId).Where(trace => trace != "none")];
        Assert.Equal(spans.Length, spans.Distinct(StringComparer.Ordinal).Count());
    }

    private static string IdsNow(IServiceProvider services) =>
        $"{services.GetRequiredService<IMcpMonitor>().CorrelationId ?? "none"} {OperationContext.Current?.TraceId ?? "none"} {Activity.Current?.TraceId.ToHexString() ?? "none"}";

    private void Listen(string whom)
    {
        string[] sources = whom switch
        {
            "HTTP" => ["Microsoft.AspNetCore"],
            "the SDK" => ["Experimental.ModelContextProtocol"],
            "monitoring" => ["Mcp.Monitoring"],
            "all" => ["Microsoft.AspNetCore", "Experimental.ModelContextProtocol", "Mcp.Monitoring"],
            _ => [],
        };
        var listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name, StringComparer.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        _listeners.Add(listener);
        ActivitySource.AddActivityListener(listener);
    }

    private sealed record Ids(string CorrelationId, string TraceId, string SpanTraceId)
    {
        public static Ids Parse(string text)
        {
            string[] ids = text.Split(' ');
            return new Ids(ids[0], ids[1], ids[2]);
        }
    }
}
