using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.ErrorTracking;

/// <summary>Who sends to Sentry.</summary>
internal enum ClientInUse
{
    Nobody,
    BuiltIn,

    /// <summary>The hub that the host has registered.</summary>
    Host,
}

/// <summary>Decides who sends to Sentry, by the settings and by what is registered when the services are built, in whatever order that was.</summary>
internal sealed class ClientChoice(IServiceCollection services)
{
    // By name: Sentry's SDK is no dependency of ours.
    private const string OfficialHub = "Sentry.IHub";

    private ServiceDescriptor? _ownHub;

    /// <summary>Gets whether Sentry's own SDK is in the services.</summary>
    public bool IsOfficialThere => services.Any(service => service.ServiceType.FullName == OfficialHub);

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

    public ClientInUse Of(SentryOptions options) =>
        options.Enabled == false ? ClientInUse.Nobody
        : HasHubOfHost ? ClientInUse.Host
        : !options.IsOn || !MaySend(options) ? ClientInUse.Nobody
        : ClientInUse.BuiltIn;

    /// <summary>Returns whether Sentry's own SDK keeps the built-in client out, so that nothing of monitoring reaches Sentry.</summary>
    public bool IsLeftToOfficial(SentryOptions options) => options is { Enabled: not false, Client: SentryClient.Auto } && IsOfficialThere && !HasHubOfHost;

    private bool MaySend(SentryOptions options) => options.Client switch
    {
        SentryClient.BuiltIn => true,
        SentryClient.None => false,
        _ => !IsOfficialThere,
    };
}
