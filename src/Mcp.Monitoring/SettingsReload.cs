using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring;

/// <summary>Watches the sources of the settings while the host runs, and hands on what may change without a restart.</summary>
internal sealed class SettingsReload(
    SettingsSource settings,
    SettingsSources sources,
    IServiceProvider services,
    OperationMonitor monitor,
    MetricsRegistry registry,
    TimeProvider time) : IHostedService, IDisposable
{
    private FileWatch? _files;
    private IDisposable? _configuration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        settings.Changed = options =>
        {
            monitor.AbandonedAfter = options.Thresholds.AbandonedAfter;
            registry.Operations.SlowSeconds = options.Thresholds.ResponseTimeThresholdMs / 1000;
        };
        _files = new FileWatch(() => settings.Files, settings.Reload, time);
        IConfiguration? configuration = sources.Sections.Count > 0 ? sources.Sections[0] : services.GetService<IConfiguration>();
        _configuration = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, settings.Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _files?.Dispose();
        _configuration?.Dispose();
    }
}
