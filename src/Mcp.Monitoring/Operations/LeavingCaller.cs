namespace Mcp.Monitoring.Operations;

/// <summary>Whether a caller has gone, and whether that explains a failure.</summary>
internal static class LeavingCaller
{
    public static bool HasLeft(OperationRecord record) =>
        record.CallerToken.IsCancellationRequested
        || (record.Context.Root is { } root && root.CallerToken.IsCancellationRequested);

    // Drivers answer a cancelled token in their own ways: SqlClient with a SqlException, sockets with an IOException.
    public static bool MayExplain(Exception exception, ErrorClassification meaning)
    {
        if (meaning.Outcome != OperationOutcome.ServerError)
        {
            return false;
        }

        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is OperationCanceledException or IOException)
            {
                return true;
            }
        }

        return meaning.Type is ErrorType.Timeout or ErrorType.Integration or ErrorType.Transport;
    }
}
