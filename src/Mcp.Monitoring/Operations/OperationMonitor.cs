using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Operations;

/// <summary>Opens and closes the records of this host's operations. Everything that is done to a request is done here, once.</summary>
internal sealed class OperationMonitor : IMcpMonitor
{
    private readonly OperationCatalog _catalog;
    private readonly ExceptionClassifier _classifier;
    private readonly OperationListeners _listeners;
    private readonly ErrorSinks _errorSinks;
    private readonly InternalErrors _errors;
    private readonly RecordedErrors _recorded;
    private readonly MonitoredWork _work;
    private long _abandonedAfter;

    /// <summary>Creates the monitor of a host.</summary>
    /// <param name="catalog">Where operations are found.</param>
    /// <param name="classifier">What an exception means.</param>
    /// <param name="listeners">Who hears of operations, in this order.</param>
    /// <param name="errors">Where failures of listeners end.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="abandonedAfter">How long a call must have worked for its cancellation to count as a hang.</param>
    public OperationMonitor(
        OperationCatalog catalog,
        ExceptionClassifier classifier,
        IEnumerable<OperationListener> listeners,
        InternalErrors errors,
        MonitoringClock clock,
        TimeSpan abandonedAfter)
    {
        _catalog = catalog;
        _classifier = classifier;
        _errorSinks = new ErrorSinks(errors);
        _listeners = new OperationListeners([.. listeners, _errorSinks], errors);
        _errors = errors;
        _recorded = new RecordedErrors(this, catalog, classifier);
        _work = new MonitoredWork(this);
        Clock = clock;
        AbandonedAfter = abandonedAfter;
        Pool = new OperationPool(this);
        Functions = new FunctionTable(catalog);
    }

    public MonitoringClock Clock { get; }

    public OperationPool Pool { get; }

    /// <summary>Gets the operations of this host's functions.</summary>
    public FunctionTable Functions { get; }

    /// <summary>Gets whether nobody listens to operations as they start and end, so that one that succeeds needs no record.</summary>
    public bool IsQuiet => _listeners.AreQuiet;

    /// <summary>Sets how long a call must have worked for its cancellation to count as a hang.</summary>
    public TimeSpan AbandonedAfter
    {
        set => Volatile.Write(ref _abandonedAfter, Clock.ToTicks(value));
    }

    public string? CorrelationId => OperationContext.Current?.CorrelationId;

    /// <summary>Gets whether an operation that starts here may become the current activity.</summary>
    public bool MakesSpans => _listeners.MakeSpans;

    /// <summary>Gets who is told of each counted error while its service runs.</summary>
    public ErrorSink[] ErrorSinks => _errorSinks.All;

    /// <summary>Has a service that starts told of each counted error, until it stops.</summary>
    public void Add(ErrorSink sink) => _errorSinks.Add(sink);

    public void Remove(ErrorSink sink) => _errorSinks.Remove(sink);

    public OperationScope Begin(OperationType type, string operation)
    {
        OperationRecord record = OpenWork(type, operation, CancellationToken.None, out int version);
        return new OperationScope(record, version);
    }

    public ValueTask RunAsync(OperationType type, string operation, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        _work.RunAsync(type, operation, work, cancellationToken);

    public ValueTask<T> RunAsync<T>(OperationType type, string operation, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        _work.RunAsync(type, operation, work, cancellationToken);

    public void RecordError(ErrorType type, string operation, string? correlationId = null) => _recorded.Record(type, operation, correlationId);

    public void RecordError(ErrorType type, string operation, Exception exception) => _recorded.Record(type, operation, exception);

    /// <summary>Counts an exception that nobody handled, unless it was counted where it was seen first.</summary>
    public void RecordUnhandled(string operation, Exception exception) => _recorded.RecordUnhandled(operation, exception);

    /// <summary>Counts an exception that says itself how it is counted, if nobody did but a logger was told of it.</summary>
    public void RecordLogged(Exception exception) => _recorded.RecordLogged(exception);

    /// <summary>Opens the record of a request: a root that what it calls can see.</summary>
    /// <param name="operation">What it is.</param>
    /// <param name="call">What the protocol says of it.</param>
    /// <param name="message">The message, as the door knows it.</param>
    /// <param name="meta">What was sent with it.</param>
    /// <param name="callerToken">The caller's token.</param>
    /// <param name="version">The version of the record.</param>
    public OperationRecord OpenRequest(
        Operation operation, ProtocolCall? call, object? message, JsonObject? meta, CancellationToken callerToken, out int version)
    {
        // What started a connection is around all that comes by it later, unless the context flows from each message.
        RequestContext? around = OperationContext.Current?.Request;
        if (around is { HasEnded: true } or { IsOneMessage: false })
        {
            LeaveActivityOf(around);
            around = null;
        }
        else if (Activity.Current is { IsStopped: true })
        {
            Activity.Current = null;
        }

        if (around is not null)
        {
            around.HasMessage = true;
        }

        OperationRecord record = Open(operation, new OperationContext(Activity.Current, meta, around), isRoot: true, callerToken, out version);
        record.Call = call;
        record.Message = message;
        StartRoot(record, version);
        return record;
    }

    /// <summary>Makes an operation the root of a request that is in progress.</summary>
    public OperationRecord OpenRootOf(RequestContext request, Operation operation, CancellationToken callerToken, out int version)
    {
        OperationRecord record = Open(operation, request, isRoot: true, callerToken, out version);
        request.SetRoot(record, version);
        _listeners.Started(record);
        return record;
    }

    // Whatever is below the activity of a request that is not this message's is of that request's trace.
    private static void LeaveActivityOf(RequestContext request)
    {
        for (Activity? activity = Activity.Current; activity is not null; activity = activity.Parent)
        {
            if (activity.IsStopped || activity == request.Activity)
            {
                Activity.Current = null;
                return;
            }
        }
    }

    private void StartRoot(OperationRecord record, int version)
    {
        record.Context.SetRoot(record, version);
        OperationContext.Current = record.Context;
        _listeners.Started(record);
    }

    /// <summary>Opens the record of the host's own work: nested in the operation around it, or else a root.</summary>
    public OperationRecord OpenWork(OperationType type, string operation, CancellationToken callerToken, out int version)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        return OpenWork(_catalog.GetOrAdd(type, operation), callerToken, out version);
    }

    public OperationRecord OpenWork(Operation bound, CancellationToken callerToken, out int version)
    {
        OperationContext? around = OperationContext.Current;
        if (around?.Root?.Monitor != this)
        {
            OperationRecord root = Open(bound, new OperationContext(Activity.Current, meta: null, around?.Request), isRoot: true, callerToken, out version);
            StartRoot(root, version);
            return root;
        }

        OperationRecord record = Open(bound, around, isRoot: false, callerToken, out version);
        _listeners.Started(record);
        return record;
    }

    private OperationRecord Open(Operation operation, OperationContext context, bool isRoot, CancellationToken callerToken, out int version)
    {
        OperationRecord record = Pool.Rent();
        operation.Started();
        version = record.Open(operation, context, isRoot, Clock.Timestamp, callerToken);
        return record;
    }

    /// <summary>Says what an exception means for this record, whose caller may have left.</summary>
    public ErrorClassification Classify(OperationRecord record, Exception exception) =>
        CallerCancellation.HasLeft(record) ? ClassifyWithoutCaller(record, exception) : _classifier.Classify(exception);

    // Apart, so that only these calls pay for the closure.
    private ErrorClassification ClassifyWithoutCaller(OperationRecord record, Exception exception) =>
        _classifier.Classify(exception, (failure, meaning) => CallerCancellation.MayExplain(failure, meaning) ? ClassifyLeft(record, meaning) : meaning);

    /// <summary>Says what a failure means for this record that its caller's leaving explains: who gives up late has met a hang.</summary>
    public ErrorClassification ClassifyLeft(OperationRecord record, ErrorClassification meaning)
    {
        OperationRecord whole = record.Context.Root ?? record;
        return whole.ActiveTicksAt(record.Context.OwnRequest?.CallerLeftAt ?? Clock.Timestamp) < _abandonedAfter
            ? meaning with { Outcome = OperationOutcome.Cancelled }
            : new ErrorClassification(ErrorType.Timeout, OperationOutcome.ServerError);
    }

    /// <summary>Says what an answer is that its caller does not wait for any more; <see langword="null"/> if it does.</summary>
    public ErrorClassification? ClassifyUnanswered(OperationRecord record) => CallerCancellation.HasLeftBeforeAnswer(record)
        ? ClassifyLeft(record, new ErrorClassification(ErrorType.Timeout, OperationOutcome.ServerError))
        : null;

    public ErrorClassification Classify(Exception exception) => _classifier.Classify(exception);

    public void Report(Exception fault) => Report(InternalErrors.Operation, fault);

    public void Report(string component, Exception fault) => _errors.Report(component, fault);

    /// <summary>Called once per record, by whoever closed it.</summary>
    public void Complete(OperationRecord record, OperationOutcome outcome, ErrorType? errorType, Exception? exception)
    {
        long end = Clock.Timestamp;
        try
        {
            if (outcome is OperationOutcome.ToolError or OperationOutcome.ServerError)
            {
                BrokenAnswer.Explain(record, exception);
                (outcome, errorType) = Attribute(record, outcome, errorType, exception);
            }

            record.Settle(outcome, end);
            if (outcome != OperationOutcome.Success)
            {
                SettleFailure(record, errorType, exception);
            }
            else if (record.IsRoot && record.Context.HasUnexplained)
            {
                record.Context.CountWithoutException();
                CountError(record.Operation, ErrorType.Internal, OperationOutcome.ServerError, exception: null, record.Context, record);
            }

            if (!record.IsRoot)
            {
                record.Operation.CountNested(outcome, record.ActiveTicks);
            }

            record.Operation.Ended(outcome, record.ActiveTicks, end, record.Context);
        }
        catch (Exception fault)
        {
            _errors.Report(InternalErrors.Operation, fault);
        }

        _listeners.Completed(record);
        Pool.Return(record);
    }

    /// <summary>Counts an error, and tells of it.</summary>
    public void CountError(
        Operation operation, ErrorType type, OperationOutcome outcome, Exception? exception, OperationContext? context, OperationRecord? record = null, bool isUnhandled = false)
    {
        if (outcome is OperationOutcome.ServerError or OperationOutcome.ToolError && (context?.Root ?? record) is { IsRoot: true } root)
        {
            _listeners.Failing(root);
        }

        string? dependency = outcome == OperationOutcome.ServerError ? DependencyFailure.Behind(type, exception, context)?.Dependency : null;
        operation.CountError(type, outcome, context, dependency);
        Notify(new CountedError
        {
            Type = type,
            Outcome = outcome,
            OperationType = operation.Type.Label(),
            Operation = operation.Name,
            Dependency = dependency,
            Exception = exception,
            Context = context,
            Record = record,
            IsUnhandled = isUnhandled,
        });
    }

    /// <summary>Tells of an error that was counted.</summary>
    public void Notify(in CountedError error) => _listeners.Counted(error);

    // A tool that catches the failure of a dependency and explains it to the model has failed all the same, and what the call failed by says more than the
    // exception that came of it.
    private static (OperationOutcome Outcome, ErrorType? Type) Attribute(OperationRecord record, OperationOutcome outcome, ErrorType? type, Exception? exception)
    {
        if (outcome == OperationOutcome.ToolError)
        {
            return (exception is null ? record.Context.FailedCall : DependencyFailure.Of(exception) ?? record.Context.FailedCall) is { } explained
                ? (OperationOutcome.ServerError, explained.Type)
                : (outcome, type);
        }

        return type == ErrorType.Integration && DependencyFailure.Behind(ErrorType.Integration, exception, record.Context) is { } failure ? (outcome, failure.Type) : (outcome, type);
    }

    private void SettleFailure(OperationRecord record, ErrorType? errorType, Exception? exception)
    {
        OperationContext context = record.Context;
        OperationOutcome outcome = record.Outcome;
        bool isError = outcome.IsError();
        if (record.IsRoot)
        {
            context.NoteFailed(record.Operation, record.Call);
        }

        record.Explain(isError ? errorType ?? outcome.DefaultErrorType() : null, exception);
        if (!isError)
        {
            context.IsCancelled |= record.IsRoot && outcome == OperationOutcome.Cancelled;
            return;
        }

        if (record.IsAbandoned && record.HasCountedNoError && (context.Root is not null || context.IsCancelled))
        {
            // The exception that disposed it counts where it is seen; if none is, the end of the request counts this.
            context.HasUnexplained = true;
            return;
        }

        if (record.IsAbandoned && record.HasCountedNoError && context.OwnRequest?.TryTakeOver(record.Operation) == true)
        {
            return;
        }

        // An error answer without an exception is the echo of an error that was recorded inside the scope, if one was.
        if (exception is null ? record.HasCountedNoError : context.TryCount(exception))
        {
            if (exception is null)
            {
                context.CountWithoutException();
            }

            CountError(context.Root?.Operation ?? record.Operation, record.ErrorType!.Value, outcome, exception, context, record);
        }
    }
}
