using Mcp.Monitoring.Instrumentation.Mcp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_of_the_hosts_services_is_monitored_whichever_was_registered_first(bool isMonitoringFirst)
    {
        await using var host = new MonitoredHost(services =>
        {
            if (isMonitoringFirst)
            {
                services.AddMcpMonitoring();
            }

            services.AddMcpServer().WithTools([Tool("add", () => 3)]);
        });
        Session session = host.Start(host.Services.GetRequiredService<IOptions<McpServerOptions>>().Value);

        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.Success("tools", "add"));
    }

    [Fact]
    public async Task Options_that_are_made_anew_for_each_request_are_monitored_each_time()
    {
        await using var host = new MonitoredHost(services => services.AddMcpServer().WithTools([Tool("add", () => 3)]));
        IOptionsFactory<McpServerOptions> factory = host.Services.GetRequiredService<IOptionsFactory<McpServerOptions>>();

        for (int i = 0; i < 3; i++)
        {
            await host.Start(factory.Create(Options.DefaultName)).AskAsync(Rpc.Call("add"));
        }

        await host.CountedAsync(Tally.Success("tools", "add", times: 3));
    }

    [Fact]
    public async Task Options_that_are_given_twice_are_monitored_once()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool("add", () => 3)];
            options.AddMcpMonitoring(host.Services);
        });

        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.Success("tools", "add"));
    }

    [Fact]
    public async Task Server_of_the_hosts_services_that_takes_a_prefix_is_counted_under_it_alone()
    {
        await using var host = new MonitoredHost(services => services.AddMcpServer().WithTools([Tool("add", () => 3)]));
        McpServerOptions options = host.Services.GetRequiredService<IOptions<McpServerOptions>>().Value;
        Session session = host.Start(options.AddMcpMonitoring(host.Services, prefix: "b"));

        await session.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.Success("tools", "b.add"));
    }

    [Fact]
    public async Task Two_servers_in_a_process_add_up()
    {
        await using var host = new MonitoredHost();
        Session one = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);
        Session other = host.Start(options => options.ToolCollection = [Tool("add", () => 4)]);

        await one.AskAsync(Rpc.Call("add"));
        await other.AskAsync(Rpc.Call("add"));

        await host.CountedAsync(Tally.Success("tools", "add", times: 2));
    }

    [Fact]
    public async Task Server_with_a_prefix_is_counted_apart()
    {
        await using var host = new MonitoredHost();
        Session one = host.Start(Configure);
        Session other = host.Start(Configure, prefix: "b");

        foreach (Session session in new[] { one, other })
        {
            await session.AskAsync(Rpc.Call("add"));
            await session.AskAsync(Rpc.Call("none"));
            await session.AskAsync(Rpc.Request("prompts/get", """{"name":"greet"}"""));
            await session.AskAsync(Rpc.Request("resources/read", """{"uri":"note://1"}"""));
        }

        await host.CountedAsync(
            Tally.Success("tools", "add"), Tally.Success("tools", "b.add"), Tally.Unknown("tools", times: 2), Tally.Success("prompts", "greet"),
            Tally.Success("prompts", "b.greet"), Tally.Success("resources", "note://{id}"), Tally.Success("resources", "b.note://{id}"));

        static void Configure(McpServerOptions options)
        {
            options.ToolCollection = [Tool("add", () => 3)];
            options.PromptCollection = [Prompt("greet", () => "Hello")];
            options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
        }
    }

    [Fact]
    public async Task Tool_that_is_added_after_the_start_is_counted_by_name()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options => options.ToolCollection = [Tool("add", () => 3)]);
        // Only clients that have initialized are told.
        await session.AskAsync(Rpc.Initialize("test", Rpc.Previous));
        await session.AskAsync(Rpc.Call("late"));

        session.Options.ToolCollection!.Add(Tool("late", () => 4));
        string answer = await session.ReadAsync();
        await session.AskAsync(Rpc.Call("late"));

        Assert.Contains("notifications/tools/list_changed", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Handshake(Rpc.Previous), Tally.Unknown("tools"), Tally.Success("tools", "late"));
    }

    [Fact]
    public async Task Series_of_every_operation_exist_at_zero_when_the_host_has_started()
    {
        using IHost host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddMcpServer()
                .WithTools([Tool("add", () => 3)])
                .WithPrompts([Prompt("greet", () => "Hello")])
                .WithResources([Resource("note://{id}", (string id) => id)]);
            services.AddMcpMonitoring(options => options.Prometheus.ServiceLabel = false);
        }).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        IReadOnlyList<string> lines = MonitoredHost.Lines(host.Services);

        foreach ((string type, string operation) in new[] { ("tools", "add"), ("prompts", "greet"), ("resources", "note://{id}"), ("protocol", "tools/list"), ("protocol", "initialize"), ("protocol", "ping") })
        {
            Assert.Equal(6, lines.Count(line =>
                line.StartsWith($"mcp_operations_total{{operation_type=\"{type}\",operation=\"{operation}\"", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal)));
            Assert.Equal(21, lines.Count(line =>
                line.StartsWith("mcp_errors_total{", StringComparison.Ordinal)
                && line.Contains($"operation_type=\"{type}\",operation=\"{operation}\",dependency=\"none\"", StringComparison.Ordinal)
                && line.EndsWith(" 0", StringComparison.Ordinal)));
            Assert.Contains($"mcp_operation_info{{operation_type=\"{type}\",operation=\"{operation}\",owner=\"\"}} 1", lines, StringComparer.Ordinal);
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Services_without_monitoring_are_refused_with_what_to_do()
    {
        using ServiceProvider services = new ServiceCollection().BuildServiceProvider();

        var refused = Assert.Throws<InvalidOperationException>(() => new McpServerOptions().AddMcpMonitoring(services));

        Assert.Contains("services.AddMcpMonitoring()", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_to_install_is_counted_and_the_server_starts()
    {
        await using var host = new MonitoredHost();
        var options = Session.CreateOptions(options => options.ToolCollection = [Tool("add", () => 3), new BrokenTool()]);
        ((IPostConfigureOptions<McpServerOptions>)host.Services.GetRequiredService<ServerInstrumentations>()).PostConfigure(Options.DefaultName, options);
        Session session = host.Start(options);

        string answer = await session.AskAsync(Rpc.Call("add"));

        Assert.Contains("\"3\"", answer, StringComparison.Ordinal);
        await host.CountedAsync(Tally.Success("tools", "add"), ["broken instrumentation 1"]);
    }

    /// <summary>A tool of the host's own whose description of itself throws.</summary>
    private sealed class BrokenTool : McpServerTool
    {
        public override ModelContextProtocol.Protocol.Tool ProtocolTool { get; } = new() { Name = "broken" };

        public override IReadOnlyList<object> Metadata => throw new NotSupportedException("no metadata");

        public override ValueTask<ModelContextProtocol.Protocol.CallToolResult> InvokeAsync(
            RequestContext<ModelContextProtocol.Protocol.CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Answer("fine"));
    }
}
