using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>Keeps each line that is logged with the correlation id of the scopes around it.</summary>
internal sealed class ScopeLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Line, string? Id, string Scopes)> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<(string Line, string? Id, string Scopes)> Lines => _lines;

    /// <summary>Logs a line as the application does.</summary>
    public static void Write(ILogger logger, string line) => logger.Log(LogLevel.Warning, default, line, exception: null, static (text, _) => text);

    public string? IdOf(string line) => Assert.Single(_lines, logged => logged.Line == line).Id;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private void Keep(string line)
    {
        string? id = null;
        var text = new List<string>();
        _scopes.ForEachScope(
            (scope, found) =>
            {
                found.Add($"{scope}");
                if (scope is IReadOnlyList<KeyValuePair<string, object?>> pairs)
                {
                    id = pairs.FirstOrDefault(pair => pair.Key == "CorrelationId").Value as string ?? id;
                }
            },
            text);
        _lines.Enqueue((line, id, string.Join('|', text)));
    }

    private sealed class Logger(ScopeLog owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Keep(formatter(state, exception));
    }
}
