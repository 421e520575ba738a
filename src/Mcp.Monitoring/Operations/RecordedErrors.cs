using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>Counts the errors that do not come with the end of an operation: those that code records itself, and those that nobody handled.</summary>
internal sealed class RecordedErrors(OperationMonitor monitor, OperationCatalog catalog, ExceptionClassifier classifier)
{
    /// <summary>What exceptions that were only logged are counted under, the label <c>operation</c>.</summary>
    public const string Background = "_background";

    public void Record(ErrorType type, string operation, string? correlationId)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        OperationContext? context = OwnContext();
        context?.CountWithoutException();
        OperationContext? ids = context?.Root is null && CorrelationIds.IsValid(correlationId)
            ? new OperationContext(Activity.Current, meta: null) { CorrelationId = correlationId }
            : context;
        monitor.CountError(OwnerOf(context, operation), type, type.DefaultOutcome(), exception: null, ids);
    }

    public void Record(ErrorType type, string operation, Exception exception)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(exception);
        OperationContext? context = OwnContext();
        if (!(context is null ? CountedInProcess.TryAdd(exception) : TryCount(context, exception)))
        {
            return;
        }

        monitor.CountError(OwnerOf(context, operation), type, type.DefaultOutcome(), exception, context);
    }

    public void RecordUnhandled(string operation, Exception exception)
    {
        ErrorClassification meaning = classifier.Classify(exception);
        if (meaning.Outcome.IsError() && !CountedInProcess.Contains(exception))
        {
            CountedInProcess.Add(exception);
            monitor.CountError(catalog.GetOrAdd(OperationType.Function, operation), meaning.Type, meaning.Outcome, exception, context: null, isUnhandled: true);
        }
    }

    /// <summary>Counts an exception of work that no operation or request encloses, such as the loop of a hosted service that logs it and goes on.</summary>
    public void RecordLogged(Exception exception)
    {
        if (Monitored(exception) is not { } cause)
        {
            return;
        }

        // In progress, they count it themselves where it leaves them; what they do not let out is their own affair.
        OperationContext? context = OwnContext();
        ErrorClassification meaning = classifier.Classify(cause);
        if (context?.Root is not null || context?.Request is { HasEnded: false } || !meaning.Outcome.IsError() || CountedInProcess.Contains(exception)
            || context?.TryCount(exception) == false)
        {
            return;
        }

        CountedInProcess.Add(exception);
        monitor.CountError(catalog.GetOrAdd(OperationType.Function, Background), meaning.Type, meaning.Outcome, exception, context);
    }

    private static McpMonitoredException? Monitored(Exception exception) => ExceptionGraph.Of(exception).OfType<McpMonitoredException>().FirstOrDefault();

    // Beside a request or operation that is in progress nothing says whose failure it is but the exception itself.
    private static bool TryCount(OperationContext context, Exception exception) =>
        (context.Root is not null || context.Request is not null || !CountedInProcess.Contains(exception)) && context.TryCount(exception);

    // An operation around the call may be another host's.
    private OperationContext? OwnContext() =>
        OperationContext.Current is { } context && (context.Root?.Monitor ?? context.Request?.Monitor ?? monitor) == monitor ? context : null;

    private Operation OwnerOf(OperationContext? context, string operation) =>
        context?.Root?.Operation ?? Find(operation) ?? catalog.GetOrAdd(OperationType.Function, operation);

    private Operation? Find(string operation)
    {
        foreach (OperationType type in OperationLabels.Types)
        {
            if (catalog.TryGet(type, operation, out Operation known))
            {
                return known;
            }
        }

        return null;
    }
}
