using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Instrumentation.Logging;

/// <summary>Keeps each line that is logged with what its scopes say; where two say the same the last one counts.</summary>
internal sealed class ScopeRecords : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Line, Dictionary<string, string?> Scopes, Exception? Exception)> _lines = new();
    private IExternalScopeProvider? _scopes;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    /// <summary>Logs a line as the application does.</summary>
    public static void Write(ILogger logger, string line) => logger.Log(LogLevel.Warning, default, line, exception: null, static (text, _) => text);

    /// <summary>Gets what the scopes said of a line.</summary>
    public IReadOnlyDictionary<string, string?> Of(string line) => Assert.Single(_lines, logged => logged.Line == line).Scopes;

    public IReadOnlyDictionary<string, string?> OfError() => Assert.Single(_lines, logged => logged.Exception is not null).Scopes;

    public void Dispose()
    {
    }

    private void Keep(string line, Exception? exception)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        _scopes?.ForEachScope(
            static (scope, found) =>
            {
                foreach ((string key, object? value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    found[key] = value?.ToString();
                }
            },
            found);
        _lines.Enqueue((line, found, exception));
    }

    private sealed class Logger(ScopeRecords owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Keep(formatter(state, exception), exception);
    }
}
