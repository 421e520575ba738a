using System.Net.WebSockets;

namespace Mcp.Monitoring.Operations;

/// <summary>Whether a caller has gone, and whether that explains a failure.</summary>
internal static class CallerCancellation
{
    public static bool HasLeft(OperationRecord record) =>
        (record.CallerToken.IsCancellationRequested || (record.Context.Root is { } root && root.CallerToken.IsCancellationRequested))
        && record.Context.Request is not { HasTimedOut: true };

    /// <summary>
    /// Returns whether the caller of a call that has an answer does not wait for it any more, as far as can be known: over a pipe nothing tells.
    /// </summary>
    public static bool HasLeftBeforeAnswer(OperationRecord record) =>
        record.Call is { IsOverHttp: true } call && ((!call.IsResumable && record.Context.OwnRequest?.CallerLeftAt is not null) || HasLeft(record));

    // Drivers answer a cancelled token in their own ways: SqlClient with a SqlException, sockets with an IOException.
    public static bool MayExplain(Exception exception, ErrorClassification meaning)
    {
        if (meaning.Outcome != OperationOutcome.ServerError)
        {
            return false;
        }

        return meaning.Type is ErrorType.Timeout or ErrorType.Integration or ErrorType.Transport
            || ExceptionGraph.Of(exception).Any(static part => part is OperationCanceledException or IOException or WebSocketException);
    }
}
