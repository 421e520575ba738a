using Mcp.Monitoring.Errors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A host with a folder for what is on its way to Sentry.</summary>
internal static class Failing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(string folder, string dsn, bool mustFail)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Sentry.Dsn = dsn;
            options.Sentry.CachePath = folder;
        });
        using IHost host = builder.Build();
        await host.StartAsync();
        if (mustFail)
        {
            host.Services.GetRequiredService<ISentryHub>().CaptureException(new InvalidOperationException("killed before it was told"));

            // It is whole, and nobody takes it.
            bool isKept = SpinWait.SpinUntil(
                () => Directory.EnumerateFiles(folder, "*.envelope", SearchOption.AllDirectories).Any(static file => file.Contains("__processing", StringComparison.Ordinal)), Patience);
            Console.WriteLine(isKept ? "kept" : $"nothing was kept within {Patience}");
        }

        await Console.In.ReadLineAsync();
    }
}
