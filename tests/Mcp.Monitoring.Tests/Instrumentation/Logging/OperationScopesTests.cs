using System.Diagnostics;
using Mcp.Monitoring.Tests.Instrumentation.Http;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Logging;

/// <summary>What log records say of the operation in which they were written.</summary>
public sealed class OperationScopesTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Meta = $$"""{"traceparent":"00-{{Trace}}-b7ad6b7169203331-01"}""";

    private readonly ScopeRecords _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Record_of_a_tool_over_stdio_says_which_call_it_belongs_to()
    {
        await using MonitoredHost host = Host();
        Session session = host.Start(options => options.ToolCollection = [Logging(host, "add")]);

        await session.AskAsync(Rpc.Request("tools/call", $$"""{"name":"add","arguments":{},"_meta":{{Meta}}}"""));

        Says("inside add", ("CorrelationId", Trace), ("TraceId", Trace), ("Operation", "add"), ("Session", "stdio"));
    }

    [Fact]
    public async Task Record_of_a_tool_over_HTTP_says_which_call_it_belongs_to()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapMcp(Logging(app.Services, "add")), services => services.AddSingleton<ILoggerProvider>(_log));

        await app.PostAsync(Rpc.Request("tools/call", $$"""{"name":"add","arguments":{},"_meta":{{Meta}}}"""), "ticket-7");

        IReadOnlyDictionary<string, string?> scopes = _log.Of("inside add");
        Assert.Equal(("ticket-7", Trace, "add", "stateless"), (scopes["CorrelationId"], scopes["TraceId"], scopes["Operation"], scopes["Session"]));
    }

    [Fact]
    public async Task Record_that_the_SDK_writes_of_a_failure_says_which_call_it_belongs_to()
    {
        await using WebApp app = await WebApp.StartAsync(
            app => app.MapMcp(Throwing("add", static () => new InvalidOperationException("no"))), services => services.AddSingleton<ILoggerProvider>(_log));

        await app.PostAsync(Rpc.Request("tools/call", $$"""{"name":"add","arguments":{},"_meta":{{Meta}}}"""), "ticket-7");

        IReadOnlyDictionary<string, string?> scopes = _log.OfError();
        Assert.Equal(("ticket-7", Trace, "add", "stateless"), (scopes["CorrelationId"], scopes["TraceId"], scopes["Operation"], scopes["Session"]));
    }

    [Fact]
    public async Task Record_of_nested_work_belongs_to_the_call_around_it()
    {
        await using MonitoredHost host = Host();
        IMcpMonitor monitor = host.Services.GetRequiredService<IMcpMonitor>();
        ILogger logger = LoggerOf(host.Services);
        Session session = host.Start(options => options.ToolCollection =
        [
            Tool("outer", async Task<string> (CancellationToken cancellationToken) =>
            {
                await monitor.RunAsync(OperationType.Function, "load", _ =>
                {
                    ScopeRecords.Write(logger, "inside load");
                    return ValueTask.CompletedTask;
                }, cancellationToken);
                return "done";
            }),
        ]);

        await session.AskAsync(Rpc.Request("tools/call", $$"""{"name":"outer","arguments":{},"_meta":{{Meta}}}"""));

        Says("inside load", ("CorrelationId", Trace), ("TraceId", Trace), ("Operation", "outer"), ("Session", "stdio"));
    }

    [Fact]
    public void Record_of_the_hosts_own_work_has_no_session()
    {
        using var host = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(_log));
        ILogger logger = LoggerOf(host.Services);

        using (host.Monitor.Begin(OperationType.Function, "load"))
        {
            ScopeRecords.Write(logger, "inside load");
        }

        Assert.Equal("load", _log.Of("inside load")["Operation"]);
        Assert.Matches("^[0-9a-f]{32}$", _log.Of("inside load")["CorrelationId"]);
        Assert.DoesNotContain("Session", _log.Of("inside load").Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Record_of_work_that_a_call_left_behind_still_has_its_ids()
    {
        var released = new TaskCompletionSource();
        Task left = Task.CompletedTask;
        await using MonitoredHost host = Host();
        ILogger logger = LoggerOf(host.Services);
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => { left = LaterAsync(); return 3; })]);

        await session.AskAsync(Rpc.Request("tools/call", $$"""{"name":"add","arguments":{},"_meta":{{Meta}}}"""));
        await host.StopAsync();
        released.SetResult();
        await left;

        Says("later", ("CorrelationId", Trace), ("TraceId", Trace));

        async Task LaterAsync()
        {
            await released.Task;
            ScopeRecords.Write(logger, "later");
        }
    }

    [Fact]
    public async Task Record_of_a_request_that_is_no_operation_has_its_ids()
    {
        string? trace = null;
        await using WebApp app = await WebApp.StartAsync(
            app => app.MapGet("/", (ILogger<WebApp> logger) =>
            {
                trace = Activity.Current?.TraceId.ToHexString();
                ScopeRecords.Write(logger, "inside");
            }),
            services => services.AddSingleton<ILoggerProvider>(_log));

        await app.SendAsync("/", shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.NotNull(trace);
        Assert.Equal(("ticket-7", trace), (_log.Of("inside")["CorrelationId"], _log.Of("inside")["TraceId"]));
        Assert.DoesNotContain("Operation", _log.Of("inside").Keys, StringComparer.Ordinal);
    }

    [Fact]
    public void Record_outside_of_all_operations_says_nothing()
    {
        using var host = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(_log));

        ScopeRecords.Write(LoggerOf(host.Services), "outside");

        Assert.Empty(_log.Of("outside"));
    }

    [Fact]
    public void Record_of_another_host_says_nothing_of_an_operation_of_this_one()
    {
        using var other = new ScopeRecords();
        using var host = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(_log));
        using var otherHost = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(other));
        ILogger logger = LoggerOf(otherHost.Services);

        using (host.Monitor.Begin(OperationType.Function, "load"))
        {
            ScopeRecords.Write(logger, "of the other");
            ScopeRecords.Write(LoggerOf(host.Services), "of this");
        }

        Assert.Empty(other.Of("of the other"));
        Assert.Equal("load", _log.Of("of this")["Operation"]);
    }

    [Fact]
    public void Scopes_that_the_host_opens_and_its_activity_stay()
    {
        using var host = new TestHost(add: services => services
            .AddSingleton<ILoggerProvider>(_log)
            .Configure<LoggerFactoryOptions>(options => options.ActivityTrackingOptions = ActivityTrackingOptions.SpanId | ActivityTrackingOptions.ParentId | ActivityTrackingOptions.TraceId));
        ILogger logger = LoggerOf(host.Services);
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        using (host.Monitor.Begin(OperationType.Function, "load"))
        using (logger.BeginScope(new[] { KeyValuePair.Create<string, object?>("City", "Paris") }))
        {
            ScopeRecords.Write(logger, "inside");
        }

        string id = activity.TraceId.ToHexString();
        Says("inside", ("CorrelationId", id), ("TraceId", id), ("Operation", "load"), ("SpanId", activity.SpanId.ToHexString()), ("ParentId", "0000000000000000"), ("City", "Paris"));
    }

    [Fact]
    public void Scope_reads_as_text()
    {
        using var text = new ScopeLog();
        using var host = new TestHost(add: services => services.AddSingleton<ILoggerProvider>(text));
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        using (host.Monitor.Begin(OperationType.Function, "load"))
        {
            ScopeLog.Write(LoggerOf(host.Services), "inside");
        }

        string id = activity.TraceId.ToHexString();
        Assert.Equal($"CorrelationId:{id} TraceId:{id} Operation:load", Assert.Single(text.Lines).Scopes);
    }

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather");

    private static ModelContextProtocol.Server.McpServerTool Logging(MonitoredHost host, string name) => Logging(host.Services, name);

    private static ModelContextProtocol.Server.McpServerTool Logging(IServiceProvider services, string name) => Tool(name, () =>
    {
        ScopeRecords.Write(LoggerOf(services), $"inside {name}");
        return 3;
    });

    private MonitoredHost Host() => new(services => services.AddSingleton<ILoggerProvider>(_log));

    private void Says(string line, params (string Key, string Value)[] expected) =>
        Assert.Equal(
            expected.Select(item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal),
            _log.Of(line).Select(item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));
}
