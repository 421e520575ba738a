using Microsoft.Extensions.Configuration.Memory;

namespace OneCServer.Hosting;

/// <summary>What the sample sets where the user has set nothing: the address, the log and a short goodbye.</summary>
internal static class SampleDefaults
{
    public static void UseSampleDefaults(this IHostApplicationBuilder builder, SampleArguments arguments)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
            // Each try with its stack trace; what a person needs of them is said in a line.
            ["Logging:LogLevel:Polly"] = "None",
            // The demo's failures are on purpose.
            ["Logging:LogLevel:ModelContextProtocol"] = arguments.IsDemo ? "Critical" : "Warning",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
        };
        if (builder.Configuration["http_ports"] is null && builder.Configuration["https_ports"] is null)
        {
            defaults["urls"] = "http://127.0.0.1:5090";
        }

        // At the front, so that environment variables and the command line still win.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });

        // A call in progress may finish for a second; what then still runs is left behind.
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1.5));
        builder.Services.AddSingleton<OwnAddress>();
        builder.Services.AddSingleton(arguments);
    }
}
