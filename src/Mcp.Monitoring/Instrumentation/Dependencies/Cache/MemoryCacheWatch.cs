using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>Reads the host's own memory cache, if it has one, as the cache <c>memory</c>.</summary>
internal sealed class MemoryCacheWatch(IServiceProvider services) : IHostedService
{
    private const string Name = "memory";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IMemoryCache)) == true && services.GetService<IMemoryCache>() is { } cache)
        {
            services.GetRequiredService<IMcpDependencies>().RegisterCache(Name, cache);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
