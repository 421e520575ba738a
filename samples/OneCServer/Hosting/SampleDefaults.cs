using Microsoft.Extensions.Configuration.Memory;

namespace OneCServer.Hosting;

/// <summary>What the sample sets where the user has set nothing: the address and the log levels.</summary>
internal static class SampleDefaults
{
    public static void UseSampleDefaults(this IHostApplicationBuilder builder, SampleArguments arguments)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
            ["Logging:LogLevel:Polly"] = "Error",
            // The demo's failures are on purpose; their stack traces would bury the alerts.
            ["Logging:LogLevel:ModelContextProtocol"] = arguments.IsDemo ? "Critical" : "Warning",
            ["urls"] = "http://127.0.0.1:5090",
        };

        // At the front, so that environment variables and the command line still win.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1.5));
        builder.Services.AddSingleton<OwnAddress>();
    }
}
