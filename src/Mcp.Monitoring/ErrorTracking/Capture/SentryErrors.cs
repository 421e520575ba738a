using System.Diagnostics;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>
/// Makes events of what goes wrong: of the errors that operations count, of log records, and of what the host's code sends itself. One event for each
/// exception, by whichever of them it comes first. On the caller's thread: no stack trace is read here, nothing is written, nothing waits.
/// </summary>
internal sealed class SentryErrors(
    Func<OperationMonitor> monitor, EventStory story, EventGate gate, IEventSink sink, MonitoringClock clock) : ErrorSink
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private readonly SeenExceptions _captured = new();

    public override void Counted(in CountedError error)
    {
        if (error.Outcome != OperationOutcome.ServerError || NoiseFilter.IsProbe(error.OperationType, error.Operation))
        {
            return;
        }

        // Most errors of a storm end at the gate: only those that pass it are remembered here. The rest is among what was counted.
        if (error.Exception is null || !_captured.Contains(error.Exception))
        {
            Capture(error);
        }

        // A task that nobody observed ends no process.
        if (error is { IsUnhandled: true, Operation: not UnhandledExceptions.UnobservedTask })
        {
            sink.Flush(LastWords);
        }
    }

    /// <summary>Captures a log record, unless its exception was captured before, or is the caller's doing.</summary>
    /// <param name="sentryEvent">The record: logger, level, message, template, exception and what else belongs to it.</param>
    /// <returns>The id of the event, or <see langword="null"/> where it is not sent.</returns>
    public string? CaptureLogged(SentryEvent sentryEvent)
    {
        OperationContext? context = OwnContext();
        return sentryEvent.Exception is { } exception && (CountedInProcess.Contains(exception) || Classify(context, exception).Outcome != OperationOutcome.ServerError)
            ? null
            : Capture(sentryEvent, context);
    }

    /// <summary>Captures what the host's code sends.</summary>
    public string? Capture(SentryEvent sentryEvent) => Capture(sentryEvent, OwnContext());

    private void Capture(in CountedError error)
    {
        string? message = error.Exception is null ? $"{error.OperationType} {error.Operation} failed: {error.Type.Label()}" : null;
        AlikeErrors? alike = gate.Admit(error.Operation, error.Type.Label(), error.Exception, message);
        if (alike is null || (error.Exception is { } exception && !_captured.TryAdd(exception)))
        {
            return;
        }

        OperationRecord? root = error.Root;
        var sentryEvent = new SentryEvent
        {
            Timestamp = clock.UtcNow,
            Exception = error.Exception,
            Level = error.IsUnhandled ? SentryLevel.Fatal : SentryLevel.Error,
            IsLevelFixed = error.IsUnhandled,
            IsHandled = IsHandled(error, root),
            Message = message,
            Alike = alike,
        };
        if (error.IsUnhandled)
        {
            sentryEvent.MechanismType = error.Operation == UnhandledExceptions.UnobservedTask ? "UnobservedTaskException" : "AppDomain.UnhandledException";
        }

        sentryEvent.Tags[EventStory.OperationType] = error.OperationType;
        sentryEvent.Tags[EventStory.Operation] = error.Operation;
        EventStory.TellMeaning(sentryEvent, error.Type, error.Outcome, root);
        story.Tell(sentryEvent, error.Context, root, error.Span);
        sentryEvent.Transaction ??= error.IsUnhandled ? null : error.Operation;
        sink.Send(sentryEvent, error.Context);
    }

    private string? Capture(SentryEvent sentryEvent, OperationContext? context)
    {
        OperationRecord? root = context?.Root;
        ErrorType? type = null;
        if (sentryEvent.Exception is { } exception)
        {
            ErrorClassification meaning = Classify(context, exception);
            bool isTold = meaning.Outcome == OperationOutcome.ServerError && CountedInProcess.Contains(exception);
            if (isTold || _captured.Contains(exception))
            {
                return null;
            }

            type = meaning.Type;
            EventStory.TellMeaning(sentryEvent, meaning.Type, meaning.Outcome, root);
        }

        string place = root?.Operation.Name ?? sentryEvent.Logger ?? sentryEvent.MessageTemplate ?? sentryEvent.Message ?? "";
        sentryEvent.Alike = gate.Admit(place, type?.Label() ?? "", sentryEvent.Exception, sentryEvent.Message);
        if (sentryEvent.Alike is null || (sentryEvent.Exception is { } captured && !_captured.TryAdd(captured)))
        {
            return null;
        }

        story.Tell(sentryEvent, context, root, Activity.Current);
        return sink.Send(sentryEvent, context);
    }

    // Of an exception that a scope was ended with nobody knows what becomes of it.
    private static bool? IsHandled(in CountedError error, OperationRecord? root) =>
        error.IsUnhandled ? false
        : error.Exception is null ? null
        : error.Record is null && error.OperationType != "http" ? true
        : root?.Call is null ? null
        : false;

    private ErrorClassification Classify(OperationContext? context, Exception exception)
    {
        OperationMonitor own = monitor();
        return context?.Root is { } root ? own.Classify(root, exception) : own.Classify(exception);
    }

    // An operation around the call may be another host's.
    private OperationContext? OwnContext()
    {
        OperationMonitor own = monitor();
        return OperationContext.Current is { } context && (context.Root?.Monitor ?? context.Request?.Monitor ?? own) == own ? context : null;
    }
}
