using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// The framework's health checks, seen when a request runs them for its answer: the middleware of <c>UseHealthChecks</c> and endpoints written by hand leave no
/// other trace of what they are. A service that the host has made itself is left as it is.
/// </summary>
internal sealed class ProbeWatch(HealthCheckService checks) : HealthCheckService
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddHealthChecks();
        ServiceDescriptor known = services.Last(descriptor => descriptor.ServiceType == typeof(HealthCheckService) && !descriptor.IsKeyedService);
        if (known.ImplementationType is { } type && type.Assembly == typeof(HealthCheckService).Assembly)
        {
            services.Remove(known);
            services.AddSingleton<HealthCheckService>(provider => new ProbeWatch((HealthCheckService)ActivatorUtilities.CreateInstance(provider, known.ImplementationType)));
        }
    }

    public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
    {
        // In an operation of its own it is part of some work, and with another token on the side of an answer.
        (OperationContext.Current as HttpRequestTracker)?.BecomeProbe(cancellationToken);
        return checks.CheckHealthAsync(predicate, cancellationToken);
    }
}
