using Mcp.Monitoring;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
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

        AddWeather(builder.Services).WithHttpTransport(options => options.SessionMode = arguments.IsStateful
            ? HttpServerSessionMode.StatefulForInitializeClients
            : HttpServerSessionMode.Stateless);
        AddMonitoring(builder.Services, arguments);
        if (arguments.IsDemo)
        {
            builder.Services.AddHostedService<DemoTraffic>();
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        try
        {
            app.MapMcp("/mcp");
            app.MapMcpMonitoring();                     // /metrics, /health, /monitoring
            app.MapUpstream();
            app.PrintAddressesOnceStarted();
            return app;
        }
        catch
        {
            // The log is written to its end.
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>Builds the server that speaks MCP over stdin and stdout; it has no port, and is monitored by the same one line.</summary>
    internal static IHost BuildStdio(string[] args)
    {
        var arguments = SampleArguments.Parse(args);
        var builder = Host.CreateApplicationBuilder(arguments.ForHost);
        builder.UseSampleDefaults(arguments);
        builder.Services.AddUpstreamInProcess();

        AddWeather(builder.Services).WithStdioServerTransport();
        AddMonitoring(builder.Services, arguments);
        return builder.Build();
    }

    // The MCP SDK, as everyone uses it.
    private static IMcpServerBuilder AddWeather(IServiceCollection services) => services
        .AddMcpServer(options => options.ServerInfo = new() { Name = "weather", Version = "1.0" })
        .WithTools<WeatherTools>()
        .WithTools<UnstableTools>()
        .WithResources<WeatherResources>()
        .WithPrompts<WeatherPrompts>();

    private static void AddMonitoring(IServiceCollection services, SampleArguments arguments)
    {
        services.AddMcpMonitoring();                    // every tool, resource and prompt is now monitored
        if (arguments.ConfigFile is { } file)
        {
            services.AddMcpMonitoring(file);
        }

        if (arguments.TestAlert is { } channel)
        {
            services.AddTestAlert(channel);
        }
    }

    private static async Task<int> Main(string[] args)
    {
        InterruptSignal.StopIgnoring();
        try
        {
            var arguments = SampleArguments.Parse(args);
            using IHost host = arguments.IsStdio ? BuildStdio(args) : Build(args);
            if (arguments.PrintsConfig)
            {
                Console.Write(host.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value.Export());
                return 0;
            }

            if (arguments.ExportFolder is { } folder)
            {
                return host.ExportTo(folder);
            }

            if (arguments.TestAlert is { } channel)
            {
                return await host.Services.RunTestAlertAsync(channel);
            }

            await host.RunAsync();
            return 0;
        }
        catch (OptionsValidationException)
        {
            // Each fault of the settings is in the log.
            return 1;
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
    }
}
