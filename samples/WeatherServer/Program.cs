using WeatherServer.Demo;
using WeatherServer.Hosting;
using WeatherServer.Upstream;

namespace WeatherServer;

/// <summary>
/// An MCP server with tools, resources and a prompt, and its monitoring:
/// <c>dotnet run --project samples/WeatherServer -- --demo --urls http://127.0.0.1:5080</c>.
/// </summary>
internal static class Program
{
    /// <summary>Builds the server that speaks MCP over HTTP.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">What a test changes before the server is built.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var arguments = SampleArguments.Parse(args);
        var builder = WebApplication.CreateBuilder(arguments.ForHost);
        builder.UseSampleDefaults(arguments);
        builder.Services.AddUpstreamOverHttp();

        AddWeather(builder.Services);
        builder.Services.AddMcpMonitoring();            // every tool, resource and prompt is now monitored
        if (arguments.IsDemo)
        {
            builder.Services.AddHostedService<DemoTraffic>();
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapMcpHttp("/mcp", new McpHttpOptions { Stateless = !arguments.IsStateful });
        app.MapMcpMonitoring();                         // /metrics and /health
        app.MapUpstream();
        app.PrintAddressesOnceStarted();
        return app;
    }

    /// <summary>Builds the server that speaks MCP over stdin and stdout; it has no port, and is monitored by the same one line.</summary>
    internal static IHost BuildStdio(string[] args)
    {
        var arguments = SampleArguments.Parse(args);
        var builder = Host.CreateApplicationBuilder(arguments.ForHost);
        builder.UseSampleDefaults(arguments);
        builder.Services.AddUpstreamInProcess();

        AddWeather(builder.Services).WithStdioServerTransport();
        builder.Services.AddMcpMonitoring();
        return builder.Build();
    }

    // The MCP SDK, as everyone uses it.
    private static IMcpServerBuilder AddWeather(IServiceCollection services) => services
        .AddMcpServer(options => options.ServerInfo = new() { Name = "weather", Version = "1.0" })
        .WithTools<WeatherTools>()
        .WithTools<UnstableTools>()
        .WithResources<WeatherResources>()
        .WithPrompts<WeatherPrompts>();

    private static async Task Main(string[] args)
    {
        InterruptSignal.StopIgnoring();
        IHost host = SampleArguments.Parse(args).IsStdio ? BuildStdio(args) : Build(args);
        await host.RunAsync();
    }
}
