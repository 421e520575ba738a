using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Mcp.Monitoring;
using Mcp.Monitoring.Instrumentation.Functions;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Monitors services of the host.</summary>
public static class McpMonitoringFunctionExtensions
{
    /// <summary>
    /// Registers a service whose methods with <see cref="MonitorFunctionAttribute"/>, on the interface or on the class, are measured; the others are called as they are. Exceptions
    /// pass unchanged, and the instance is disposed of with its scope. Code that casts the service to <typeparamref name="TImplementation"/> no longer can.
    /// <code>
    /// services.AddMonitored&lt;IReportService, ReportService&gt;();
    /// </code>
    /// </summary>
    /// <typeparam name="TService">The interface that it is asked for by.</typeparam>
    /// <typeparam name="TImplementation">The class; the container creates it.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="lifetime">How long an instance lives. The default is that of a scope, which is a request.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TService"/> is no interface, or has a method that cannot be handed on: it is static, or has a
    /// <see langword="ref"/> struct such as <see cref="Span{T}"/>, a pointer or a <see langword="ref"/> return; or no method has the attribute.</exception>
    [RequiresDynamicCode(MonitoredProxy.NotNative)]
    public static IServiceCollection AddMonitored<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)] TImplementation>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        var plan = new ProxyPlan(ProxyCheck.NamesOf(typeof(TService), typeof(TImplementation)));
        services.TryAdd(ServiceDescriptor.Describe(
            typeof(ProxyTarget<TService, TImplementation>),
            static provider => new ProxyTarget<TService, TImplementation>(ActivatorUtilities.CreateInstance<TImplementation>(provider)),
            lifetime));
        services.Add(ServiceDescriptor.Describe(typeof(TService), provider => ProxyOf<TService, TImplementation>(provider, plan), lifetime));
        return services;
    }

    [RequiresDynamicCode(MonitoredProxy.NotNative)]
    private static TService ProxyOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TService, TImplementation>(IServiceProvider provider, ProxyPlan plan)
        where TService : class
    {
        TService proxy = DispatchProxy.Create<TService, MonitoredProxy>();
        ((MonitoredProxy)(object)proxy).Start(
            plan, provider.GetRequiredService<ProxyTarget<TService, TImplementation>>(), provider.GetService<IMcpMonitor>() as OperationMonitor);
        return proxy;
    }
}
