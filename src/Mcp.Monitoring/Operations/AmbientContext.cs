using System.Diagnostics;

namespace Mcp.Monitoring.Operations;

/// <summary>What flows with the calling code, and is set back when work that changed it goes on elsewhere.</summary>
internal readonly ref struct AmbientContext(OperationContext? context, bool hasSpans, Activity? activity)
{
    public static AmbientContext Now(OperationMonitor monitor)
    {
        bool hasSpans = monitor.MakesSpans;
        return new AmbientContext(OperationContext.Current, hasSpans, hasSpans ? Activity.Current : null);
    }

    public void Restore()
    {
        if (OperationContext.Current != context)
        {
            OperationContext.Current = context;
        }

        if (hasSpans && Activity.Current != activity)
        {
            Activity.Current = activity;
        }
    }
}
