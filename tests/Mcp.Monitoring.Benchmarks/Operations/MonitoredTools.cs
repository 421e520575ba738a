using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Operations;

/// <summary>A host that only monitors, and its tools.</summary>
internal sealed class MonitoredTools : IDisposable
{
    private readonly ServiceProvider _services;

    public MonitoredTools(int seriesCap = 1000, bool exemplars = true, bool nativeHistograms = false)
    {
        _services = new ServiceCollection()
            .AddMcpMonitoring(options =>
            {
                options.Prometheus.SeriesCap = seriesCap;
                options.Prometheus.Exemplars = exemplars;
                options.Prometheus.NativeHistograms = nativeHistograms;
                options.Prometheus.DefaultMeters = false;
            })
            .BuildServiceProvider();
    }

    public MetricsRegistry Registry => _services.GetRequiredService<MetricsRegistry>();

    /// <summary>Gets a tool's handle as what it is, so that calls of it are direct.</summary>
    public OperationCells Tool(string name) => (OperationCells)_services.GetRequiredService<OperationCatalog>().GetOrAdd(OperationType.Tools, name);

    public void Dispose() => _services.Dispose();
}
