using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>Ends the process with whatever is logged: a server that runs as it should logs no failure of its own.</summary>
internal sealed class FatalLogs : ILoggerFactory, ILogger
{
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Environment.FailFast(formatter(state, exception), exception);

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
