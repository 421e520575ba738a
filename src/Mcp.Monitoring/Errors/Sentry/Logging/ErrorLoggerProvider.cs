using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry.Logging;

/// <summary>
/// Sees what the host logs: for Sentry while something is sent there, and in any case the exceptions that are to be counted. Loggers are made before everything
/// else, so both are told to it later; before that, and without Sentry below errors, its loggers are off.
/// </summary>
[ProviderAlias("McpMonitoring")]
internal sealed class ErrorLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private volatile OperationMonitor? _monitor;
    private volatile LogCapture? _capture;
    private volatile IExternalScopeProvider? _scopes;

    public OperationMonitor? Monitor => _monitor;

    /// <summary>Gets who makes events of records; <see langword="null"/> while nothing is sent.</summary>
    public LogCapture? Capture => _capture;

    public IExternalScopeProvider? Scopes => _scopes;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <summary>Counts exceptions that were only logged from now on.</summary>
    public void Follow(OperationMonitor monitor) => _monitor = monitor;

    /// <summary>Makes events of records from now on.</summary>
    public void Start(LogCapture capture) => _capture = capture;

    public void Stop() => _capture = null;

    public ILogger CreateLogger(string categoryName) => new ErrorLogger(this, categoryName);

    public void Dispose()
    {
        _capture = null;
        _monitor = null;
    }
}
