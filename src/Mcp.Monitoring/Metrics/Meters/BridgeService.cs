using Mcp.Monitoring.Metrics.Meters.Registries;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>Has the bridge listen from before the host's other services start: whoever only looks at the services listens to nothing.</summary>
internal sealed class BridgeService(MeterBridge bridge, HostRegistries registries) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        bridge.Start();
        registries.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
