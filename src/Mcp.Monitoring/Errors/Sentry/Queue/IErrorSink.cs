using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>Who sends in the end. Called by the loop alone, which it may keep waiting; what it drops it counts.</summary>
internal interface IErrorSink : IDisposable
{
    /// <summary>Gets whether nothing that was handed over is still on its way.</summary>
    bool IsIdle { get; }

    void Send(CapturedEvent captured);

    void Send(FinishedTransaction transaction);

    void Send(IReadOnlyList<LogItem> logs);

    /// <summary>Has what waits for another attempt be tried at once; called on any thread.</summary>
    void Hurry();

    /// <summary>Has what it holds itself leave, and tells what was dropped.</summary>
    void Flush(TimeSpan limit);
}
