namespace Mcp.Monitoring.ErrorTracking;

/// <summary>Which client sends to Sentry.</summary>
public enum SentryClient
{
    /// <summary>The client of this library, unless Sentry's own SDK is registered in the services of the host.</summary>
    Auto,

    /// <summary>The client of this library, also beside Sentry's own SDK.</summary>
    BuiltIn,

    /// <summary>Not the client of this library: for a host that has started Sentry's own SDK by <c>SentrySdk.Init</c>, which leaves no trace in its services.</summary>
    None,
}
