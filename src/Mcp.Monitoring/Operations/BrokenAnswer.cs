namespace Mcp.Monitoring.Operations;

/// <summary>
/// An answer over HTTP that breaks off when its beginning was good: who reads it meets an exception that no call of a dependency knows of. It is laid to the dependency
/// if that is the only one whose answers the operation reads.
/// </summary>
internal static class BrokenAnswer
{
    public static void Explain(OperationRecord record, Exception? exception)
    {
        OperationRecord? root = record.IsRoot ? record : record.Context.Root;
        if (exception is not null && root?.OnlyAnswer is { } dependency && TypeOf(exception) is { } type && DependencyFailure.Of(exception) is null)
        {
            var failure = new DependencyFailure(dependency, type);
            DependencyFailure.Add(exception, failure);
            record.Context.CallFailed(failure);
        }
    }

    // A status is an answer, and what ended the sending was told to the call.
    private static ErrorType? TypeOf(Exception exception)
    {
        foreach (object part in ExceptionGraph.Of(exception))
        {
            switch (part)
            {
                case HttpIOException or HttpRequestException { StatusCode: null, InnerException: IOException }:
                    return ErrorType.Integration;
                // The time limit of HttpClient.
                case TaskCanceledException { InnerException: TimeoutException }:
                    return ErrorType.Timeout;
            }
        }

        return null;
    }
}
