using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors.Sentry.Logging;

/// <summary>The logger of one category.</summary>
internal sealed class ErrorLogger(ErrorLoggerProvider owner, string category) : ILogger
{
    private const string Own = "Mcp.Monitoring", HttpClients = "System.Net.Http.HttpClient.";

    // What is logged while a record is read, by a value that is written as text, is no record of its own.
    [ThreadStatic]
    private static bool _isWriting;

    private readonly bool _isOwn = category == Own
        || category.StartsWith(Own + ".", StringComparison.Ordinal)
        || (category.StartsWith(HttpClients, StringComparison.Ordinal) && category.Contains(Own, StringComparison.Ordinal));

    private Verdict? _verdict;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => owner.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        if (_isOwn || logLevel == LogLevel.None)
        {
            return false;
        }

        return (logLevel >= LogLevel.Error && owner.Monitor is not null) || (owner.Capture is { } capture && logLevel >= capture.Lowest && !Drops(capture));
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel) || _isWriting || OwnWork.IsHere)
        {
            return;
        }

        _isWriting = true;
        OperationMonitor? monitor = owner.Monitor;
        try
        {
            if (owner.Capture is { } capture && logLevel >= capture.Lowest && !Drops(capture))
            {
                capture.Write(new LogRecord
                {
                    Category = category,
                    Level = logLevel,
                    EventId = eventId,
                    Message = formatter(state, exception) ?? "",
                    State = state,
                    Exception = exception,
                    Scopes = owner.Scopes,
                });
            }
        }
        catch (Exception fault)
        {
            monitor?.Report(InternalErrors.ErrorTracking, fault);
        }

        try
        {
            // After the event, which says more of it than the count does.
            if (exception is not null && logLevel >= LogLevel.Error)
            {
                monitor?.RecordLogged(exception);
            }
        }
        catch (Exception fault)
        {
            monitor?.Report(InternalErrors.ErrorTracking, fault);
        }
        finally
        {
            _isWriting = false;
        }
    }

    private bool Drops(LogCapture capture)
    {
        Verdict? verdict = _verdict;
        if (verdict is null || verdict.Capture != capture)
        {
            _verdict = verdict = new Verdict(capture, capture.Drops(category));
        }

        return verdict.IsDropped;
    }

    private sealed record Verdict(LogCapture Capture, bool IsDropped);
}
