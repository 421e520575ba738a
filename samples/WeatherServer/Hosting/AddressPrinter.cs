namespace WeatherServer.Hosting;

/// <summary>Tells the person at the console where to look.</summary>
internal static class AddressPrinter
{
    public static void PrintAddressesOnceStarted(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        Uri own = app.Services.GetRequiredService<OwnAddress>().Value;
        Console.WriteLine($"""
            MCP      {new Uri(own, "mcp")}
            Metrics  {new Uri(own, "metrics")}
            Health   {new Uri(own, "health")}
            Ctrl-C stops.
            """);
    });
}
