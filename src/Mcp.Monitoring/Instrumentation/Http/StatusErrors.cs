using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>What the status of an answer means where no exception says more.</summary>
internal static class StatusErrors
{
    private const int FirstUnknown = 600;

    /// <summary>Returns what an answer means for the server, or <see langword="null"/> where it is no error.</summary>
    public static ErrorClassification? OfRequest(int status, bool hasCredentials) => status switch
    {
        // Without credentials it opens a handshake, as OAuth does.
        StatusCodes.Status401Unauthorized when !hasCredentials => null,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => new(ErrorType.Auth, OperationOutcome.ClientError),
        // A server that says it is not ready is not failing.
        StatusCodes.Status503ServiceUnavailable => null,
        StatusCodes.Status504GatewayTimeout => new(ErrorType.Timeout, OperationOutcome.ServerError),
        >= StatusCodes.Status500InternalServerError and < FirstUnknown => new(ErrorType.Internal, OperationOutcome.ServerError),
        _ => null,
    };

    /// <summary>Returns what an answer means for the operation that the request is.</summary>
    public static ErrorClassification OfOperation(int status, bool hasCredentials) => status switch
    {
        < StatusCodes.Status400BadRequest => new(ErrorType.Internal, OperationOutcome.Success),
        // It asks for credentials and will be called again.
        StatusCodes.Status401Unauthorized when !hasCredentials => new(ErrorType.Auth, OperationOutcome.InputRequired),
        StatusCodes.Status499ClientClosedRequest => new(ErrorType.Internal, OperationOutcome.Cancelled),
        _ => OfRequest(status, hasCredentials) ?? (status < StatusCodes.Status500InternalServerError
            ? new(ErrorType.Validation, OperationOutcome.ClientError)
            : new(ErrorType.Internal, OperationOutcome.ServerError)),
    };

    /// <summary>Returns what an exception means that the host itself has answered: a status of the caller's fault is the host's word on it.</summary>
    public static ErrorClassification OfHandled(ErrorClassification meaning, int status) =>
        meaning.Outcome == OperationOutcome.ServerError && status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError
            ? OfOperation(status, hasCredentials: true)
            : meaning;
}
