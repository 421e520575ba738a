using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Capture;

/// <summary>Where captured events go: to the built-in client, or to the hub of the host.</summary>
internal interface IEventSink
{
    /// <returns>The id of the event, or <see langword="null"/> where it is not sent.</returns>
    string? Send(SentryEvent sentryEvent, OperationContext? context);

    /// <summary>Sends what is waiting, for a process that is about to end.</summary>
    void Flush(TimeSpan limit);
}
