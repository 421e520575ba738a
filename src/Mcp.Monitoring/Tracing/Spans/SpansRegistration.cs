using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mcp.Monitoring.Tracing.Spans;

internal static class SpansRegistration
{
    public static void AddSpans(this IServiceCollection services, Func<IServiceProvider, SpanSettings> settings)
    {
        services.TryAddSingleton(settings);
        services.AddSingleton(provider => new OperationSpans(provider.GetRequiredService<MonitoringClock>(), provider.GetRequiredService<SpanSettings>()));
        services.AddSingleton<SpanSource>(provider => provider.GetRequiredService<OperationSpans>());
        services.AddSingleton<IMcpTracer, Tracer>();
    }
}
