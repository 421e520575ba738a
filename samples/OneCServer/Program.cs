using Mcp.Monitoring;
using Microsoft.Extensions.Options;
using OneCServer.Demo;
using OneCServer.Hosting;
using OneCServer.OneC;
using OneCServer.Orders;

namespace OneCServer;

/// <summary>
/// An MCP server in front of 1C, a database, a cache and a queue, with all of them monitored:
/// <c>dotnet run --project samples/OneCServer -- --demo --urls http://127.0.0.1:5090</c>.
/// </summary>
internal static class Program
{
    /// <summary>Builds the server.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">What a test changes before the server is built.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        SampleArguments arguments = SampleArguments.Parse(args);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(arguments.ForHost);
        builder.UseSampleDefaults(arguments);
        if (arguments.ConfigFile is { } file)
        {
            builder.Services.AddMcpMonitoring(file);
        }
        else
        {
            // The sample leaves no file behind.
            builder.Services.AddMcpMonitoring(Path.Combine(AppContext.BaseDirectory, "monitoring.yaml")).AddMcpMonitoring(static options => options.Alerts.Storage.Path = ":memory:");
        }

        builder.Services.AddOneC(builder.Configuration);
        builder.Services.AddOrders(builder.Configuration);
        builder.Services.AddMcpServer(options => options.ServerInfo = new() { Name = "orders", Version = "1.0" })
            .WithHttpTransport()
            .WithTools<OrderTools>();
        if (arguments.IsDemo)
        {
            builder.Services.AddHostedService<DemoFaults>();
            builder.Services.AddHostedService<DemoTraffic>();
        }

        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        app.MapMcp("/mcp");
        app.MapMcpMonitoring();
        app.MapStandIn();
        return app;
    }

    private static async Task<int> Main(string[] args)
    {
        try
        {
            await using WebApplication app = Build(args);
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"MCP {app.Urls.First()}/mcp, metrics {app.Urls.First()}/metrics. Ctrl-C stops."));
            await app.RunAsync();
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
