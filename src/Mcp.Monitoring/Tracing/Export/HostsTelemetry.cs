using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>
/// Knows whether the host uses OpenTelemetry's SDK itself: whether anybody but us asked for a provider or had a say in how it is made, before us or after. Read
/// once the services are complete.
/// </summary>
internal sealed class HostsTelemetry
{
    private readonly IServiceCollection _services;
    private readonly Type _tracing;
    private readonly Type _metrics;
    private readonly (int Tracing, int Metrics) _before;
    private (int Tracing, int Metrics) _own;

    /// <param name="services">The services as they are before we add to them.</param>
    /// <param name="tracing">What says how a TracerProvider is made; OpenTelemetry does not show its type.</param>
    /// <param name="metrics">The same for a MeterProvider.</param>
    public HostsTelemetry(IServiceCollection services, Type tracing, Type metrics)
    {
        _services = services;
        _tracing = tracing;
        _metrics = metrics;
        _before = Count();
    }

    public bool HasTracing => _before.Tracing > 0 || Count().Tracing > _own.Tracing;

    public bool HasMetrics => _before.Metrics > 0 || Count().Metrics > _own.Metrics;

    /// <summary>Says that what came in between is ours.</summary>
    public void SetOwn() => _own = Count();

    private (int Tracing, int Metrics) Count() => (
        _services.Count(service => service.ServiceType == _tracing || service.ServiceType == typeof(TracerProvider)),
        _services.Count(service => service.ServiceType == _metrics || service.ServiceType == typeof(MeterProvider)));
}
