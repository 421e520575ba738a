using System.Diagnostics;
using System.Runtime.InteropServices;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>A call of a dependency in progress; its owner ends it once.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DependencyCallScope(DependencyCall call, OperationContext? context, long start, Activity? span)
{
    public void Succeed()
    {
        call.Ended(start, context, CallOutcome.Success, failure: null);
        EndSpan(exception: null);
    }

    /// <summary>Ends it with an answer that the operation goes on to read.</summary>
    public void Answer()
    {
        Succeed();
        context?.Root?.Answered(call.Dependency.Name);
    }

    /// <summary>Gives the calling code back what was current before the span of this call, which ends later.</summary>
    public void Leave()
    {
        if (span is not null)
        {
            Activity.Current = span.Parent;
        }
    }

    /// <summary>Ends it with an answer that is a failure.</summary>
    public void Fail(ErrorType type) => End(type, exception: null);

    /// <summary>Ends it with an exception.</summary>
    /// <returns><see langword="false"/>, for an exception filter.</returns>
    public bool Fail(Exception exception)
    {
        ErrorClassification meaning = call.Dependency.Classify(context, exception);
        switch (meaning.Outcome)
        {
            case OperationOutcome.Cancelled:
                call.Ended(start, context, CallOutcome.Cancelled, failure: null);
                break;
            // The call was not right: the dependency is not to blame.
            case OperationOutcome.ClientError:
                call.Ended(start, context, CallOutcome.Error, failure: null);
                break;
            default:
                End(meaning.Type, exception);
                break;
        }

        EndSpan(exception);
        return false;
    }

    private void End(ErrorType type, Exception? exception)
    {
        DependencyFailure failure = call.Dependency.Failure(type);
        bool isNew = exception is null || DependencyFailure.Add(exception, failure);
        if (type == ErrorType.CircuitBreaker && isNew)
        {
            call.Dependency.Circuit.Rejected();
        }

        // A tool that catches a duplicate and explains it has not met an outage.
        bool isRefused = SqlStates.IsRefusedStatement(exception);
        if (isRefused)
        {
            call.Dependency.Answered(isUp: true);
        }

        call.Ended(start, context, SqlStates.IsAnswer(exception) ? CallOutcome.Success : OutcomeOf(failure.Type), isRefused ? null : failure);
    }

    private void EndSpan(Exception? exception)
    {
        if (span is not null)
        {
            call.Dependency.Spans.End(span, exception);
        }
    }

    private static CallOutcome OutcomeOf(ErrorType type) => type switch
    {
        ErrorType.Timeout => CallOutcome.Timeout,
        ErrorType.CircuitBreaker => CallOutcome.Rejected,
        _ => CallOutcome.Error,
    };
}
