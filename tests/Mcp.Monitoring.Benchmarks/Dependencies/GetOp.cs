using Mcp.Monitoring.Benchmarks.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Dependencies;

/// <summary>A GET of a client from the factory.</summary>
internal readonly struct GetOp : IOp
{
    private readonly HttpClient _client;

    public GetOp(Uri address, Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("1c", client => client.BaseAddress = address)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null })
            .RemoveAllLoggers();
        configure(services);
        _client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("1c");
    }

    public long Run() => _client.GetByteArrayAsync(new Uri("/", UriKind.Relative)).GetAwaiter().GetResult().Length;
}
