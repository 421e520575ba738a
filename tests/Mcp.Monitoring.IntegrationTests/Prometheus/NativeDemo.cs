using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The sample's demo with native histograms, a Prometheus that stores them and one that does not, started once for all tests.</summary>
public sealed class NativeDemo : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<(Sample Sample, PrometheusServer Native, PrometheusServer Usual)>? _started;

    internal async Task<(PrometheusServer Native, PrometheusServer Usual)> StartAsync()
    {
        string program = Programs.PrometheusOrSkip();
        lock (_gate)
        {
            _started ??= AllAsync(program);
        }

        var (_, native, usual) = await _started;
        return (native, usual);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            var (sample, native, usual) = await _started;
            await native.DisposeAsync();
            await usual.DisposeAsync();
            await sample.DisposeAsync();
        }
    }

    private static async Task<(Sample, PrometheusServer, PrometheusServer)> AllAsync(string program)
    {
        var sample = await Sample.StartAsync(builder => builder.Services.AddMcpMonitoring(options => options.Prometheus.NativeHistograms = true), "--demo");
        return (sample, new PrometheusServer(program, sample.Address, "native-histograms"), new PrometheusServer(program, sample.Address));
    }
}
