using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tracing.Spans;
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
    SpanSettings spans,
    LazyAlerting alerting,
    TimeProvider time) : IHostedService, IDisposable
{
    private IDisposable? _changes;
    private FileWatch? _files;
    private IDisposable[] _configurations = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _changes = ChangeToken.OnChange(settings.GetChangeToken, Apply);
        _files = new FileWatch(() => settings.Files, settings.Reload, time);
        IConfiguration?[] configurations = sources.Sections.Count > 0 ? [.. sources.Sections] : [services.GetService<IConfiguration>()];
        _configurations = [.. configurations.OfType<IConfiguration>().Select(configuration => ChangeToken.OnChange(configuration.GetReloadToken, settings.Reload))];
        if (settings.IsOutdated)
        {
            settings.Reload();
        }

        return Task.CompletedTask;
    }

    private void Apply()
    {
        McpMonitoringOptions options = settings.Current;
        monitor.AbandonedAfter = options.Thresholds.AbandonedAfter;
        registry.Operations.SlowSeconds = options.Thresholds.ResponseTimeThresholdMs / 1000;
        spans.SlowAfter = TimeSpan.FromMilliseconds(options.Thresholds.ResponseTimeThresholdMs);
        alerting.Value?.Reload(McpMonitoringServiceCollectionExtensions.AlertsOf(services, options));
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _changes?.Dispose();
        _files?.Dispose();
        foreach (IDisposable configuration in _configurations)
        {
            configuration.Dispose();
        }
    }
}
