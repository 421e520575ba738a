using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Instrumentation.Logging;

/// <summary>
/// The scopes that the host would have without us, with the ids of the current activity as its options say. Their class is hidden, but a factory hands its
/// scopes to each logger provider that asks for them.
/// </summary>
internal static class HostScopes
{
    public static IExternalScopeProvider Create(IOptionsMonitor<LoggerFilterOptions> filters, IOptions<LoggerFactoryOptions> options)
    {
        using var receiver = new Receiver();
        using var factory = new LoggerFactory([receiver], filters, options);
        return receiver.Scopes ?? new LoggerExternalScopeProvider();
    }

    private sealed class Receiver : ILoggerProvider, ISupportExternalScope
    {
        public IExternalScopeProvider? Scopes { get; private set; }

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

        public void Dispose()
        {
        }
    }
}
