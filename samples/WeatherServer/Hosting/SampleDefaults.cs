using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace WeatherServer.Hosting;

/// <summary>What the sample sets where the user has set nothing: the address, the log levels and a short goodbye.</summary>
internal static class SampleDefaults
{
    public static void UseSampleDefaults(this IHostApplicationBuilder builder, SampleArguments arguments)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
            // The demo's failures are on purpose; their stack traces would bury the addresses and the alerts.
            ["Logging:LogLevel:ModelContextProtocol"] = arguments.IsDemo ? "Critical" : "Warning",
        };
        if (builder.Configuration["http_ports"] is null && builder.Configuration["https_ports"] is null)
        {
            defaults["urls"] = "http://127.0.0.1:5080";
        }

        // At the front, so that environment variables and the command line still win.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });

        // A call in progress may finish for a second; what then still runs is left behind.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1.5));

        if (arguments.IsStdio)
        {
            // stdout belongs to the protocol.
            builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }
}
