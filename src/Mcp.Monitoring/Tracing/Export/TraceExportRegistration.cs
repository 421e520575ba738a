using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

internal static class TraceExportRegistration
{
    private const string SamplerVariable = "OTEL_TRACES_SAMPLER";

    // Those that OpenTelemetry's SDK knows; for any other it would take every span.
    private static readonly string[] Samplers = ["always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"];

    public static void AddTraceExport(
        this IServiceCollection services,
        Func<IServiceProvider, OtelOptions> options,
        Func<IServiceProvider, MetricsOptions> metrics,
        Func<IServiceProvider, BuildInfo> build)
    {
        // Parts in front of whatever the host adds, before us or after: what it says of the same thing goes over what we say.
        ServiceDescriptor tracing = Single(own => own.ConfigureOpenTelemetryTracerProvider(
            (provider, builder) => Guarded(provider, () => provider.GetRequiredService<TracerProviderConfigurator>().Add(builder))));
        ServiceDescriptor measuring = Single(own => own.ConfigureOpenTelemetryMeterProvider(
            (provider, builder) => Guarded(provider, () => provider.GetRequiredService<MeterProviderConfigurator>().Add(builder))));
        var hosts = new HostsTelemetry(services, tracing.ServiceType, measuring.ServiceType);
        services.AddOpenTelemetry().WithTracing().WithMetrics();
        services.Insert(0, tracing);
        services.Insert(0, measuring);
        hosts.SetOwn();

        services.AddSingleton(hosts);
        services.AddSingleton<SpanQueues>();
        services.AddSingleton(provider => new Receivers(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Receivers>>()));
        services.AddSingleton(provider => new TracerProviderConfigurator(
            options(provider), build(provider), hosts, IsSamplerChosen(provider), provider.GetRequiredService<SpanQueues>()));
        services.AddSingleton(provider => new MeterProviderConfigurator(
            options(provider), metrics(provider), build(provider), hosts, provider, provider.GetRequiredService<Receivers>(), provider.GetRequiredService<ILogger<MeterProviderConfigurator>>()));
        services.AddSingleton<IHostedService>(provider => new TraceExport(
            options(provider), hosts, provider, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TraceExport>>())
        {
            UnknownSampler = IsSamplerChosen(provider) ? null : SamplerOf(provider),
        });
    }

    /// <summary>Returns whether we alone say which spans are taken.</summary>
    public static bool IsSamplerOurs(IServiceProvider services) => !services.GetRequiredService<HostsTelemetry>().HasTracing && !IsSamplerChosen(services);

    private static bool IsSamplerChosen(IServiceProvider services) => Samplers.Contains(SamplerOf(services), StringComparer.OrdinalIgnoreCase);

    private static string? SamplerOf(IServiceProvider services) => services.GetService<IConfiguration>()?[SamplerVariable];

    private static ServiceDescriptor Single(Action<IServiceCollection> add)
    {
        var own = new ServiceCollection();
        add(own);
        return own.Single();
    }

    private static void Guarded(IServiceProvider provider, Action add)
    {
        try
        {
            add();
        }
        catch (OptionsValidationException)
        {
            // Settings that are wrong stop the host by themselves, with a message of their own.
        }
        catch (Exception fault)
        {
            provider.GetRequiredService<InternalErrors>().Report(InternalErrors.Tracing, fault);
            Log.ExportNotStarted(provider.GetRequiredService<ILogger<TraceExport>>(), fault);
        }
    }
}
