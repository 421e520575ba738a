using System.Diagnostics;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Errors.Sentry.Scopes;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>
/// Makes events of what goes wrong: of the errors that operations count, of log records, and of what the host's code sends itself. One event for each
/// exception, by whichever of them it comes first. On the caller's thread: no stack trace is read here, nothing is written, nothing waits.
/// </summary>
internal sealed class ErrorCapture(Func<OperationMonitor> monitor, EventEnricher enricher, EventGate gate, ErrorScopes scopes, ErrorOutbox outbox) : ErrorSink
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private readonly SeenExceptions _captured = new();
    private readonly SeenExceptions _counted = new();

    /// <summary>Gets what tells how a trace is sampled.</summary>
    public Func<string?, TraceSampling?> Sampling { get; init; } = static _ => null;

    /// <summary>Gets what takes down the scope of the host's own hub on the calling thread.</summary>
    public Func<Scope?> HostScope { get; init; } = static () => null;

    public override void Counted(in CountedError error)
    {
        if (error.Outcome != OperationOutcome.ServerError || NoiseFilter.IsProbe(error.OperationType, error.Operation))
        {
            return;
        }

        // Each failure comes here once. An exception that is known was logged in it, or it is thrown once more by another call.
        if (error.Exception is not { } exception || !(_captured.Contains(exception) && _counted.TryAdd(exception)))
        {
            Capture(error);
        }

        // A task that nobody observed ends no process.
        if (error is { IsUnhandled: true, Operation: not UnhandledExceptions.UnobservedTask })
        {
            outbox.Flush(LastWords);
        }
    }

    /// <summary>Captures a log record, unless its exception was captured before, or is the caller's doing.</summary>
    /// <param name="sentryEvent">The record: logger, level, message, template, exception and what else belongs to it.</param>
    /// <returns>The id of the event, which is empty where it is not sent.</returns>
    public SentryId CaptureLogged(SentryEvent sentryEvent)
    {
        OperationContext? context = OwnContext();
        return sentryEvent.Exception is { } exception && (CountedInProcess.Contains(exception) || Classify(context, exception).Outcome != OperationOutcome.ServerError)
            ? SentryId.Empty
            : Send(new CapturedEvent(sentryEvent) { IsLogged = true }, context);
    }

    /// <summary>Captures what the host's code sends.</summary>
    public SentryId Capture(SentryEvent sentryEvent) =>
        Send(new CapturedEvent(sentryEvent) { IsHandled = sentryEvent.Exception is null ? null : true }, OwnContext());

    /// <summary>Returns whether an exception is told already, or is about to be.</summary>
    public bool IsTold(Exception exception) => _captured.Contains(exception) || CountedInProcess.Contains(exception);

    /// <summary>Takes on an event that the host's own client has made.</summary>
    /// <returns>The event with what is known of the operation around the call, or <see langword="null"/> where there is to be none.</returns>
    /// <param name="sentryEvent">The event.</param>
    /// <param name="isTraced">Whether that client makes transactions.</param>
    public CapturedEvent? Adopt(SentryEvent sentryEvent, bool isTraced)
    {
        var captured = new CapturedEvent(sentryEvent) { IsOfHost = true, IsTracedByHost = isTraced };
        OperationContext? context = OwnContext();
        if (context?.Root is not null && sentryEvent.Exception is { } exception && Classify(context, exception).Outcome != OperationOutcome.ServerError)
        {
            return null;
        }

        return Enrich(captured, context) ? captured : null;
    }

    private void Capture(in CountedError error)
    {
        string? message = error.Exception is null ? $"{error.OperationType} {error.Operation} failed: {error.Type.Label()}" : null;
        ErrorGrouping? alike = gate.TryAcquire(error.Operation, error.Type.Label(), error.Exception, message);
        if (alike is null)
        {
            return;
        }

        // Most errors of a storm end at the gate: only those that pass it are remembered here. The rest is among what was counted.
        if (error.Exception is { } exception)
        {
            _counted.Add(exception);
            _captured.Add(exception);
        }

        OperationRecord? root = error.Root;
        var captured = new CapturedEvent(error.Exception is null ? new SentryEvent { Message = message } : new SentryEvent(error.Exception))
        {
            IsHandled = IsHandled(error, root),
            Alike = alike,
        };
        SentryEvent sentryEvent = captured.Event;
        if (error.IsUnhandled)
        {
            sentryEvent.FixLevel(SentryLevel.Fatal);
            captured.MechanismType = error.Operation == UnhandledExceptions.UnobservedTask ? "UnobservedTaskException" : "AppDomain.UnhandledException";
        }

        sentryEvent.SetTag(EventEnricher.OperationType, error.OperationType);
        sentryEvent.SetTag(EventEnricher.Operation, error.Operation);
        EventEnricher.AddMeaning(captured, error.Type, error.Outcome, root, error.Dependency);
        enricher.Enrich(captured, error.Context, root, error.Span);
        sentryEvent.TransactionName ??= error.IsUnhandled ? null : error.Operation;
        Enqueue(captured, error.Context);
    }

    private SentryId Send(CapturedEvent captured, OperationContext? context) => Enrich(captured, context) ? Enqueue(captured, context) : SentryId.Empty;

    private bool Enrich(CapturedEvent captured, OperationContext? context)
    {
        SentryEvent sentryEvent = captured.Event;
        OperationRecord? root = context?.Root;
        ErrorType? type = null;
        if (sentryEvent.Exception is { } exception)
        {
            ErrorClassification meaning = Classify(context, exception);
            bool isTold = meaning.Outcome == OperationOutcome.ServerError && CountedInProcess.Contains(exception);
            if (isTold || _captured.Contains(exception))
            {
                return false;
            }

            type = meaning.Type;
            EventEnricher.AddMeaning(captured, meaning.Type, meaning.Outcome, root, DependencyFailure.Behind(meaning.Type, exception, context)?.Dependency);
        }

        string? template = sentryEvent.Message?.Message, message = sentryEvent.Message?.Formatted ?? template;
        string place = root?.Operation.Name ?? context?.Request?.Route ?? sentryEvent.Logger ?? template ?? message ?? "";
        if (!captured.IsHostsWord)
        {
            captured.Alike = gate.TryAcquire(place, type?.Label() ?? "", sentryEvent.Exception, message, isSampled: !captured.IsOfHost);
            if (captured.Alike is null || (sentryEvent.Exception is { } told && !_captured.TryAdd(told)))
            {
                return false;
            }
        }

        enricher.Enrich(captured, context, root, Activity.Current);
        return true;
    }

    private SentryId Enqueue(CapturedEvent captured, OperationContext? context)
    {
        scopes.ApplyTo(captured.Event, context);
        captured.UserId = captured.Event.User.Id;
        captured.Sampling = Sampling(captured.Trace.TraceId);
        captured.HostScope = HostScope();
        return outbox.TryEnqueue(captured) ? captured.Event.EventId : SentryId.Empty;
    }

    // Of an exception that a scope was ended with nobody knows what becomes of it.
    private static bool? IsHandled(in CountedError error, OperationRecord? root) =>
        error.IsUnhandled ? false
        : error.Exception is null ? null
        : error.Record is null && error.OperationType != ErrorCells.Http ? true
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
