using Mcp.Monitoring.Benchmarks.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Dependencies;

/// <summary>A call of an integration that completes at once.</summary>
internal readonly struct IntegrationOp(IServiceProvider services) : IOp
{
    private readonly IMcpIntegration _integration = services.GetRequiredService<IMcpDependencies>().Integration("1c");

    public long Run() => _integration.RunAsync("get", static _ => ValueTask.FromResult(1L), CancellationToken.None).Result;
}
