using System.Diagnostics;
using System.Threading.Channels;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// What the transport throws when a message meets the end of its session. What a handler of the protocol throws is answered and never leaves the transport;
/// middleware around it may throw the same types.
/// </summary>
internal static class SessionEnd
{
    public static bool Explains(Exception exception) => exception switch
    {
        // A closed channel throws one exception to all of its writers, and each changes its stack.
        OperationCanceledException or ChannelClosedException => true,
        ObjectDisposedException => HasLeftTransport(exception),
        _ => false,
    };

    private static bool HasLeftTransport(Exception exception) => new StackTrace(exception).GetFrames()
        .Any(static frame => DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName.StartsWith("ModelContextProtocol", StringComparison.Ordinal) == true);
}
