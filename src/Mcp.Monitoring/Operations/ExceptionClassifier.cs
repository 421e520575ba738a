using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Net.Sockets;
using System.Reflection;
using System.Security;
using System.Security.Authentication;

namespace Mcp.Monitoring.Operations;

/// <summary>Maps an exception to its error type and outcome: the host's mappings first, then those of the doors, then the list below.</summary>
internal sealed class ExceptionClassifier(IEnumerable<IErrorMapping> mappings, InternalErrors errors)
{
    private readonly IErrorMapping[] _mappings = [.. mappings];

    public ErrorClassification Classify(Exception exception)
    {
        exception = Unwrap(exception);
        foreach (IErrorMapping mapping in _mappings)
        {
            try
            {
                if (mapping.TryMap(exception, out ErrorClassification mapped))
                {
                    return mapped;
                }
            }
            catch (Exception fault)
            {
                errors.Report(InternalErrors.ErrorMapping, fault);
            }
        }

        return Default(exception);
    }

    /// <summary>Takes off the wrappers that reflection and tasks put around an exception.</summary>
    public static Exception Unwrap(Exception exception)
    {
        while (exception is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static ErrorClassification Default(Exception exception) => exception switch
    {
        McpMonitoredException monitored => new(monitored.ErrorType, monitored.Outcome),
        ValidationException => new(ErrorType.Validation, OperationOutcome.ClientError),
        // A cancellation that was not the caller's is somebody's time limit.
        OperationCanceledException or TimeoutException => new(ErrorType.Timeout, OperationOutcome.ServerError),
        HttpRequestException or SocketException or DbException => new(ErrorType.Integration, OperationOutcome.ServerError),
        AuthenticationException or SecurityException => new(ErrorType.Auth, OperationOutcome.ServerError),
        _ => new(ByName(exception), OperationOutcome.ServerError),
    };

    // Polly is not a dependency of every host, so its exceptions are known by name.
    private static ErrorType ByName(Exception exception)
    {
        for (Type? type = exception.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            switch (type.FullName)
            {
                case "Polly.CircuitBreaker.BrokenCircuitException":
                    return ErrorType.CircuitBreaker;
                case "Polly.Timeout.TimeoutRejectedException":
                    return ErrorType.Timeout;
            }
        }

        return ErrorType.Internal;
    }
}
