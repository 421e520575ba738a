using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A server that was built from the package and now runs.</summary>
internal sealed class RunningProject(ChildProcess process) : IAsyncDisposable
{
    private const string Listens = "Now listening on: ";

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Waits for the address that ASP.NET Core logs; one on the loopback address, if there are several.</summary>
    public async Task<Uri> AddressAsync()
    {
        while (await process.ReadLineAsync() is { } line)
        {
            int at = line.IndexOf(Listens + "http://127.0.0.1", StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Uri(line[(at + Listens.Length)..]);
            }
        }

        throw new InvalidOperationException($"The server ended. It said: {process.Said}");
    }

    public Scraper MetricsOf(Uri address) => new(Http, new Uri(address, "metrics"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
    }
}
