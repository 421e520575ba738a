using System.Runtime.InteropServices;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>A call of a dependency in progress; its owner ends it once.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DependencyCallScope(DependencyCall call, OperationContext? context, long start)
{
    public void Succeed() => call.Ended(start, context, CallOutcome.Success, failure: null);

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
        bool isAnswer = SqlStates.IsRefusedStatement(exception);
        if (isAnswer)
        {
            call.Dependency.Answered(isUp: true);
        }

        call.Ended(start, context, OutcomeOf(failure.Type), isAnswer ? null : failure);
    }

    private static CallOutcome OutcomeOf(ErrorType type) => type switch
    {
        ErrorType.Timeout => CallOutcome.Timeout,
        ErrorType.CircuitBreaker => CallOutcome.Rejected,
        _ => CallOutcome.Error,
    };
}
