using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

internal static class TraceExportRegistration
{
    public static void AddTraceExport(
        this IServiceCollection services,
        Func<IServiceProvider, OtelOptions> options,
        Func<IServiceProvider, MetricsOptions> metrics,
        Func<IServiceProvider, BuildInfo> build)
    {
        services.AddSingleton<SpanQueues>();
        services.AddSingleton(provider => new HostsProviders(
            options(provider), metrics(provider), provider.GetRequiredService<SpanQueues>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<HostsProviders>>()));
        services.AddSingleton<IHostedService>(provider => new TraceExport(
            options(provider),
            metrics(provider),
            build(provider),
            provider.GetRequiredService<SpanQueues>(),
            provider.GetRequiredService<HostsProviders>(),
            provider,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TraceExport>>()));

        // Run only where the host makes a provider; whether AddOpenTelemetry() is called before or after does not matter.
        services.ConfigureOpenTelemetryTracerProvider((provider, builder) => Guarded(provider, () => provider.GetRequiredService<HostsProviders>().Add(builder)));
        services.ConfigureOpenTelemetryMeterProvider((provider, builder) => Guarded(provider, () => provider.GetRequiredService<HostsProviders>().Add(builder)));
    }

    /// <summary>Returns whether the host makes a TracerProvider itself.</summary>
    public static bool HasHostsTracer(IServiceProvider services) => Has<TracerProvider>(services);

    public static bool HasHostsMeter(IServiceProvider services) => Has<MeterProvider>(services);

    private static bool Has<TService>(IServiceProvider services) =>
        services.GetService<IServiceProviderIsService>()?.IsService(typeof(TService)) ?? services.GetService(typeof(TService)) is not null;

    // Settings that are wrong stop the host by themselves, with a message of their own.
    private static void Guarded(IServiceProvider provider, Action add)
    {
        try
        {
            add();
        }
        catch (Exception fault)
        {
            provider.GetRequiredService<InternalErrors>().Report(InternalErrors.Tracing, fault);
        }
    }
}
