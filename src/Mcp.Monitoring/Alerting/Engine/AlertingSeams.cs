using Mcp.Monitoring.Alerting.Channels.Alertmanager;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What alerting has of the machine: tests put their own in its place, to step it in virtual time.</summary>
internal sealed record AlertingSeams
{
    public static AlertingSeams None { get; } = new();

    /// <summary>Gets where alerts are kept; <see langword="null"/> for what the options say.</summary>
    public IStateStore? Store { get; init; }

    /// <summary>Gets who starts the threads of calls.</summary>
    public StartThread StartThread { get; init; } = static (name, run) =>
    {
        try
        {
            new Thread(() => run()) { IsBackground = true, Name = $"Mcp.Monitoring {name}" }.UnsafeStart();
            return true;
        }
        catch (Exception)
        {
            // As many threads as the process is allowed: that is an OutOfMemoryException.
            return false;
        }
    };

    /// <summary>Gets who speaks to Alertmanager; <see langword="null"/> for HTTP.</summary>
    public IAlertmanagerClient? Alertmanager { get; init; }

    /// <summary>Gets how many work items wait for a thread of the pool.</summary>
    public Func<long> PoolQueue { get; init; } = static () => ThreadPool.PendingWorkItemCount;

    /// <summary>Gives the pool something to run.</summary>
    public Action<Action> QueueToPool { get; init; } = static run => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), run, preferLocal: false);
}
