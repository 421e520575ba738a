using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Cache;

/// <summary>The registrations of a host that stand around others: none is put around itself.</summary>
internal sealed class DecoratedServices
{
    private readonly HashSet<ServiceDescriptor> _made = new(ReferenceEqualityComparer.Instance);

    public bool Any => _made.Count > 0;

    /// <summary>Puts a service around the one that is registered.</summary>
    /// <returns>Whether there is one, and it is not one of these.</returns>
    public bool Decorate<TService>(IServiceCollection services, Func<IServiceProvider, TService, TService> decorate)
        where TService : class
    {
        // The last registration is the one that a host gets.
        if (services.LastOrDefault(static known => known.ServiceType == typeof(TService) && !known.IsKeyedService) is not { } inner || _made.Contains(inner))
        {
            return false;
        }

        ServiceDescriptor made = ServiceDescriptor.Describe(typeof(TService), provider => decorate(provider, InnerOf<TService>(inner, provider)), inner.Lifetime);
        services[services.IndexOf(inner)] = made;
        _made.Add(made);
        return true;
    }

    private static TService InnerOf<TService>(ServiceDescriptor descriptor, IServiceProvider provider)
        where TService : class =>
        (TService)(descriptor.ImplementationInstance
            ?? descriptor.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!));
}
