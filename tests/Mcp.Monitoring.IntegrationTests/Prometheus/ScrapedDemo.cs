using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The sample's demo and a Prometheus that scrapes it, both started once for all tests.</summary>
public sealed class ScrapedDemo : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<(Sample Sample, PrometheusServer Prometheus)>? _started;

    internal async Task<PrometheusServer> StartAsync()
    {
        string program = Programs.PrometheusOrSkip();
        lock (_gate)
        {
            _started ??= BothAsync(program);
        }

        return (await _started).Prometheus;
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            var (sample, prometheus) = await _started;
            await prometheus.DisposeAsync();
            await sample.DisposeAsync();
        }
    }

    private static async Task<(Sample, PrometheusServer)> BothAsync(string program)
    {
        var sample = await Sample.StartAsync("--demo");
        return (sample, new PrometheusServer(program, sample.Address));
    }
}
