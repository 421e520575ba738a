using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Logger;

/// <summary>A log that remembers, or fails.</summary>
internal sealed class RecordingLogger : ILoggerProvider
{
    public List<Record> Records { get; } = [];

    public bool IsBroken { get; set; }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    internal sealed record Record(string Category, LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> Parameters);

    private sealed class Logger(RecordingLogger log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (log.IsBroken)
            {
                throw new IOException("the disk of the log is full");
            }

            var parameters = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            log.Records.Add(new Record(category, logLevel, eventId, formatter(state, exception), parameters));
        }
    }
}
