using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Says when the host has a provider that we do not reach, and has what is left sent when traffic has ended.</summary>
internal sealed class TraceExport(OtelOptions options, HostsTelemetry hosts, IServiceProvider services, TimeProvider time, ILogger<TraceExport> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    /// <summary>Gets what the variable of the sampler says, where nobody knows such a one.</summary>
    public string? UnknownSampler { get; init; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!options.IsOff && services.GetService<TracerProvider>() is not null && !services.GetRequiredService<TracerProviderConfigurator>().IsReached)
        {
            Log.ProviderNotReached(logger, nameof(TracerProvider));
        }

        if (options is { IsOn: true, Metrics: true } && services.GetService<MeterProvider>() is not null && !services.GetRequiredService<MeterProviderConfigurator>().IsReached)
        {
            Log.ProviderNotReached(logger, nameof(MeterProvider));
        }

        if (!options.IsOff && UnknownSampler is { Length: > 0 } unknown)
        {
            Log.UnknownSampler(logger, Printable.Cut(unknown));
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The host waits for as long as we may take, and not longer; threads of their own, since closing waits.
    public Task StoppedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(OnThread(services.GetRequiredService<SpanQueues>().Close), OnThread(PushLast)).WaitAsync(CloseLimit + CloseLimit, time, CancellationToken.None);

    private static Task OnThread(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void PushLast()
    {
        if (options is { IsOn: true, Metrics: true } && !hosts.HasMetrics)
        {
            services.GetService<MeterProvider>()?.Shutdown((int)CloseLimit.TotalMilliseconds);
        }
    }
}
