using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Net.Sockets;
using System.Security;
using System.Security.Authentication;

namespace Mcp.Monitoring.Operations;

/// <summary>
/// Maps an exception to its error type and outcome: the host's mappings first, then those of the doors, then the list below. Of several that ended together
/// the gravest decides, among equals the first.
/// </summary>
internal sealed class ExceptionClassifier(IEnumerable<IErrorMapping> mappings, InternalErrors errors)
{
    // A mapping may look into a stack trace; what ended together in greater number than this is judged by its beginning.
    private const int MostJudged = 100;

    private readonly IErrorMapping[] _mappings = [.. mappings];

    public ErrorClassification Classify(Exception exception) => Classify(exception, static (_, meaning) => meaning);

    /// <summary>Says what an exception means.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="revise">Has the last word on each failure in it.</param>
    public ErrorClassification Classify(Exception exception, Func<Exception, ErrorClassification, ErrorClassification> revise)
    {
        exception = ExceptionGraph.Unwrap(exception);
        if (exception is not AggregateException { InnerExceptions.Count: > 1 })
        {
            return revise(exception, MeaningOf(exception));
        }

        // Who maps the whole knows more of it than its parts say.
        if (TryMap(exception, out ErrorClassification mapped))
        {
            return revise(exception, mapped);
        }

        ErrorClassification? gravest = null;
        foreach (Exception failure in ExceptionGraph.Failures(exception).Take(MostJudged))
        {
            ErrorClassification meaning = revise(failure, MeaningOf(failure));
            if (gravest is not { } known || Gravity(meaning.Outcome) > Gravity(known.Outcome))
            {
                gravest = meaning;
            }

            if (meaning.Outcome == OperationOutcome.ServerError)
            {
                break;
            }
        }

        return gravest ?? new ErrorClassification(ErrorType.Internal, OperationOutcome.ServerError);
    }

    private ErrorClassification MeaningOf(Exception exception) => TryMap(exception, out ErrorClassification mapped) ? mapped : Default(exception);

    private bool TryMap(Exception exception, out ErrorClassification mapped)
    {
        foreach (IErrorMapping mapping in _mappings)
        {
            try
            {
                if (mapping.TryMap(exception, out mapped))
                {
                    return true;
                }
            }
            catch (Exception fault)
            {
                errors.Report(InternalErrors.ErrorMapping, fault);
            }
        }

        mapped = default;
        return false;
    }

    private static int Gravity(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.ServerError => 3,
        OperationOutcome.ToolError => 2,
        OperationOutcome.ClientError => 1,
        _ => 0,
    };

    private static ErrorClassification Default(Exception exception) => exception switch
    {
        McpMonitoredException monitored => new(monitored.ErrorType, monitored.Outcome),
        ValidationException => new(ErrorType.Validation, OperationOutcome.ClientError),
        // A cancellation that was not the caller's is somebody's time limit.
        OperationCanceledException or TimeoutException => new(ErrorType.Timeout, OperationOutcome.ServerError),
        DbException database => new(OfDatabase(database), OperationOutcome.ServerError),
        HttpRequestException or HttpIOException or SocketException => new(ErrorType.Integration, OperationOutcome.ServerError),
        AuthenticationException or SecurityException => new(ErrorType.Auth, OperationOutcome.ServerError),
        _ => new(ByName(exception), OperationOutcome.ServerError),
    };

    // By the SQL state, where the provider tells one: 57014 is a statement that PostgreSQL ended at its time limit, class 28 a refused sign-in.
    private static ErrorType OfDatabase(DbException exception) => exception switch
    {
        { InnerException: TimeoutException } or { SqlState: "57014" } => ErrorType.Timeout,
        { SqlState: ['2', '8', ..] } => ErrorType.Auth,
        _ => ErrorType.Integration,
    };

    // By name: those of Polly 7 are other types than those of the Polly.Core that is here, and a client of Redis is not.
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
                case "StackExchange.Redis.RedisException":
                    return ErrorType.Integration;
            }
        }

        return ErrorType.Internal;
    }
}
