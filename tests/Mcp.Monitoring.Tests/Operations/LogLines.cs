using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>Keeps what was logged; or fails, as a full disk makes a logger fail.</summary>
internal sealed class LogLines(bool isBroken = false) : ILoggerProvider, ILogger
{
    private readonly Lock _adding = new();
    private readonly List<(LogLevel Level, string Text, Exception? Exception)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text, Exception? Exception)> Lines
    {
        get
        {
            lock (_adding)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (isBroken)
        {
            throw new IOException("disk full");
        }

        lock (_adding)
        {
            _lines.Add((logLevel, formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
    }
}
