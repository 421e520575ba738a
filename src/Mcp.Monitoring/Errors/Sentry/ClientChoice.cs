using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>Who sends to Sentry.</summary>
internal enum ClientInUse
{
    Nobody,

    /// <summary>A client of ours.</summary>
    Own,

    /// <summary>Sentry's SDK, which the host has started by itself.</summary>
    Host,

    /// <summary>The <see cref="ISentryHub"/> that the host has registered.</summary>
    HubOfHost,
}

/// <summary>Decides who sends to Sentry, by the settings and by what is there when the host starts, in whatever order it was registered.</summary>
internal sealed class ClientChoice(IServiceCollection services)
{
    private ServiceDescriptor? _ownHub;

    /// <summary>Gets whether Sentry's own SDK is in the services.</summary>
    public bool IsSdkThere => services.Any(service => service.ServiceType == typeof(IHub));

    /// <summary>Gets whether Sentry's own SDK sees what the host logs.</summary>
    public bool HasLoggerOfSdk =>
        services.Any(service => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType?.Namespace?.StartsWith("Sentry.", StringComparison.Ordinal) == true);

    private bool HasHubOfHost => services.Any(service => service.ServiceType == typeof(ISentryHub) && service != _ownHub);

    /// <summary>Registers our hub, which that of the host takes the place of.</summary>
    public void AddHub(Func<IServiceProvider, ISentryHub> create)
    {
        if (services.All(service => service.ServiceType != typeof(ISentryHub)))
        {
            _ownHub = ServiceDescriptor.Singleton(create);
            services.Add(_ownHub);
        }
    }

    public ClientInUse Of(SentryOptions options, IServiceProvider provider) =>
        options.Enabled == false ? ClientInUse.Nobody
        : HasHubOfHost ? ClientInUse.HubOfHost
        : options.Client != SentryClientChoice.BuiltIn && HubOf(provider) is not null ? ClientInUse.Host
        : options.IsOn && options.Client != SentryClientChoice.None ? ClientInUse.Own
        : ClientInUse.Nobody;

    /// <summary>Returns whether operations may become transactions here; asked before the host starts.</summary>
    public bool MayTrace(SentryOptions options) =>
        options is { WantsTransactions: true, Client: not SentryClientChoice.None } && !HasHubOfHost && (options.Client == SentryClientChoice.BuiltIn || !IsSdkThere);

    /// <summary>Gets the hub of Sentry's SDK, if the host has started it: that of its services, else that of a bare <c>SentrySdk.Init</c>.</summary>
    public static IHub? HubOf(IServiceProvider provider) =>
        provider.GetService<IHub>() is { IsEnabled: true } hub ? hub
        : SentrySdk.IsEnabled ? global::Sentry.Extensibility.HubAdapter.Instance
        : null;
}
