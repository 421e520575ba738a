using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Story;

/// <summary>Keeps the lines that are logged with an exception, each with what its scopes say.</summary>
internal sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<LogLine> WithException => _lines;

    public ILogger CreateLogger(string categoryName) => new Lines(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Add(string text, Exception exception)
    {
        var said = new Dictionary<string, object?>(StringComparer.Ordinal);
        _scopes.ForEachScope(
            static (scope, said) =>
            {
                foreach (var (key, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    said[key] = value;
                }
            },
            said);
        _lines.Enqueue(new(text, exception, said));
    }

    private sealed class Lines(LogLines owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && exception is not null)
            {
                owner.Add(formatter(state, exception), exception);
            }
        }
    }
}

internal sealed record LogLine(string Text, Exception Exception, IReadOnlyDictionary<string, object?> Scopes);
