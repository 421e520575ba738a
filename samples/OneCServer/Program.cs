using System.Data.Common;
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

        builder.Services.AddMcpMonitoring(arguments.ConfigFile ?? Path.Combine(AppContext.BaseDirectory, "monitoring.yaml"));
        builder.Services.AddOneC(builder.Configuration);
        builder.Services.AddOrders(builder.Configuration);
        builder.Services.AddMcpServer(static options => options.ServerInfo = new() { Name = "orders", Version = "1.0" })
            .WithHttpTransport()
            .WithTools<OrderTools>();
        if (arguments.IsDemo)
        {
            builder.Services.AddDemoSettings(arguments);
            builder.Services.AddHostedService<DemoFaults>();
            builder.Services.AddHostedService<DemoTraffic>();
            builder.Services.AddHostedService<DemoWatch>();
        }

        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        try
        {
            app.MapMcp("/mcp");
            app.MapMcpMonitoring();                     // /metrics, /health, /monitoring
            app.MapOneC(builder.Configuration);
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

    private static async Task<int> Main(string[] args)
    {
        try
        {
            await using WebApplication app = Build(args);
            if (app.Services.GetRequiredService<SampleArguments>().ExportFolder is { } folder)
            {
                return app.ExportTo(folder);
            }

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
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
        catch (DbException unreachable)
        {
            await Console.Error.WriteLineAsync($"The database of ConnectionStrings:Orders does not open: {unreachable.Message}");
            return 1;
        }
    }
}
