using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Capture;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Logging;

/// <summary>Makes of each log record an event or a breadcrumb, and from a level on a log item. On the thread that logs; nothing is written there, nothing waits.</summary>
internal sealed class LogCapture(SentryOptions options, ErrorCapture errors, Func<ISentryHub> hub, ErrorOutbox? logs, NoiseFilter filter, Func<OperationMonitor> monitor)
{
    private const int LongestMessage = 8_192;
    private const string WebServer = "Microsoft.AspNetCore.Server.";

    private readonly LogLevel _lowest = new[] { options.EventLevel, options.BreadcrumbLevel, logs is null ? LogLevel.None : options.LogsLevel }.Min();

    /// <summary>Gets the lowest level that anything is made of: below it not even the text of a record is made.</summary>
    public LogLevel Lowest => UnthrownAloneFrom is { } unthrown ? (LogLevel)Math.Max((int)unthrown, (int)options.EventLevel) : _lowest;

    /// <summary>Gets from which level on exceptions that are not thrown yet, and nothing else, are taken: where somebody else makes events of all that is logged, without their frames.</summary>
    public LogLevel? UnthrownAloneFrom { get; init; }

    /// <summary>Returns whether records of a logger are to be left out; asked once for each logger.</summary>
    public bool Drops(string category) => filter.DropsLogger(category);

    public void Write(in LogRecord record)
    {
        if (UnthrownAloneFrom is not null && !(record.Exception is { } exception && new StackTrace(exception, fNeedFileInfo: false).FrameCount == 0))
        {
            return;
        }

        LogValues values = LogValues.OfState(record.State);
        string message = values.Clean(TextCut.AtWord(record.Message, LongestMessage));
        bool isEvent = IsFrom(options.EventLevel, record.Level) && TryEvent(record, values, message);
        if (!isEvent && UnthrownAloneFrom is null && IsFrom(options.BreadcrumbLevel, record.Level) && !IsOfOtherRequest(record))
        {
            hub().AddBreadcrumb(BreadcrumbOf(record, message));
        }

        if (logs is not null && IsFrom(options.LogsLevel, record.Level))
        {
            logs.TryEnqueue(Item(record, values, message));
        }
    }

    private static bool IsFrom(LogLevel lowest, LogLevel level) => lowest != LogLevel.None && level >= lowest;

    private bool TryEvent(in LogRecord record, LogValues values, string message)
    {
        if (record.Exception is { } exception && HasCallerHungUp(record.Category, exception))
        {
            return false;
        }

        var sentryEvent = record.Exception is null ? new SentryEvent() : new SentryEvent(record.Exception);
        sentryEvent.Level = record.Level.AsSentryLevel();
        sentryEvent.Logger = record.Category;
        sentryEvent.Message = new SentryMessage { Message = values.Template, Formatted = message };
        foreach ((string name, object value) in values.Values)
        {
            sentryEvent.SetExtra(name, value);
        }

        if (NameOf(record.EventId) is { } eventId)
        {
            sentryEvent.SetExtra("EventId", eventId);
        }

        LogValues scopes = LogValues.OfScopes(record.Scopes);
        if (scopes.Count > 0)
        {
            sentryEvent.Contexts["scopes"] = scopes.Values.ToDictionary(pair => pair.Key, object? (pair) => pair.Value, StringComparer.Ordinal);
        }

        return errors.CaptureLogged(sentryEvent) != SentryId.Empty;
    }

    // A request that is no operation has nobody who judges what is logged in it; what the server meets while it clears up after a caller who left is no news.
    private static bool HasCallerHungUp(string category, Exception exception) =>
        OperationContext.Current?.Request is { } request
        && (request.HasEndedByCaller ? category.StartsWith(WebServer, StringComparison.Ordinal) : request.HasCallerLeft(exception));

    // What the server logs of a request before and after we follow it, or of one that we do not follow, would be told with the errors of everybody.
    private static bool IsOfOtherRequest(in LogRecord record) => OperationContext.Current is null && LogValues.OfScopes(record.Scopes).Values.ContainsKey("RequestId");

    private static Breadcrumb BreadcrumbOf(in LogRecord record, string message)
    {
        Dictionary<string, string>? data = record.Exception is not { } exception ? null : new(StringComparer.Ordinal)
        {
            ["exception_type"] = exception.GetType().FullName ?? exception.GetType().Name,
            ["exception_message"] = TextCut.AtWord(ExceptionText.MessageOf(exception) ?? "", LogValues.LongestValue),
        };
        return new Breadcrumb(message, type: null!, data, record.Category, record.Level.AsBreadcrumbLevel());
    }

    private LogItem Item(in LogRecord record, LogValues values, string message)
    {
        OperationContext? context = OperationContext.Current;
        LogValues scopes = LogValues.OfScopes(record.Scopes);
        EventTrace own = EventEnricher.TraceOf(context, Activity.Current);
        string? trace = SafeText.IsId(scopes.TraceId, 32) ? scopes.TraceId : own.TraceId;
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["sentry.origin"] = "auto.log.extensions_logging", ["logger.name"] = record.Category };
        Tell("sentry.message.template", values.Template);
        Tell("event.name", NameOf(record.EventId));
        Tell("correlation_id", context?.CorrelationId);
        Tell("operation", context?.Operation?.Name);
        Tell("session", context?.Call?.Session);
        Tell("exception.type", record.Exception?.GetType().FullName);
        Tell("exception.message", record.Exception is { } exception ? TextCut.AtWord(ExceptionText.MessageOf(exception) ?? "", LogValues.LongestValue) : null);
        foreach ((string name, object value) in values.Values)
        {
            attributes[$"sentry.message.parameter.{name}"] = value;
        }

        foreach ((string name, object value) in scopes.Values)
        {
            attributes.TryAdd(name, value);
        }

        return new LogItem
        {
            Timestamp = monitor().Clock.UtcNow,
            Level = record.Level,
            Body = message,
            TraceId = trace,
            SpanId = trace == own.TraceId && Activity.Current is not null ? own.SpanId : null,
            Attributes = attributes,
        };

        void Tell(string name, string? value)
        {
            if (value is not null)
            {
                attributes[name] = value;
            }
        }
    }

    private static string? NameOf(EventId id) =>
        id.Name is { Length: > 0 } name ? TextCut.At(name, LogValues.LongestName) : id.Id != 0 ? id.ToString() : null;
}
