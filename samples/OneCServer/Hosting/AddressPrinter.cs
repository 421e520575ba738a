using Mcp.Monitoring;
using Microsoft.Extensions.Options;

namespace OneCServer.Hosting;

/// <summary>Tells the person at the console where to look.</summary>
internal static class AddressPrinter
{
    public static void PrintAddressesOnceStarted(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        Uri own = app.Services.GetRequiredService<OwnAddress>().Value;
        PrometheusOptions prometheus = app.Services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value.Prometheus;
        var metrics = new UriBuilder(own) { Port = prometheus.Port ?? own.Port, Path = "/metrics" };
        Console.WriteLine($"""
            MCP      {new Uri(own, "mcp")}
            Metrics  {(prometheus.Enabled ? metrics.Uri : "off")}
            Health   {new Uri(own, "health")}
            Page     {new Uri(own, "monitoring/")}
            Ctrl-C stops.
            """);
    });
}
