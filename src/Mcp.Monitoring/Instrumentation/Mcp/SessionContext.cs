using System.Diagnostics;
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// The async context in which a session was started: the request that opened it, or the stream of a legacy <c>/sse</c>. It is around every message of the
/// session for which the transport does not flow that of the message's own request (option <c>PerSessionExecutionContext</c>), and its ids are not theirs.
/// </summary>
internal static class SessionContext
{
    private const string SdkSource = "Experimental.ModelContextProtocol";

    /// <summary>Returns whether a message of a session is handled in the context in which the session was started.</summary>
    public static bool IsAround(JsonRpcMessage message) => message.Context?.ExecutionContext is null;

    /// <summary>Takes the calling code, and what it calls, out of it.</summary>
    public static void Leave()
    {
        if (OperationContext.Current is not null)
        {
            OperationContext.Current = null;
        }

        if (Activity.Current is { } activity && !IsOfMessage(activity))
        {
            Activity.Current = null;
        }
    }

    // The SDK's own span of a message is below what was current, unless the message brought its parent.
    private static bool IsOfMessage(Activity activity) => activity.Parent is null && activity.Source.Name == SdkSource;
}
