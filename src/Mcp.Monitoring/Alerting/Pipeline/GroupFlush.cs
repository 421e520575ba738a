using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>One flush of a group, as its stages run one after the other.</summary>
/// <param name="group">The group.</param>
/// <param name="settings">What the options say in this step.</param>
/// <param name="changes">Takes what is to be saved.</param>
/// <param name="now">The present.</param>
internal sealed class GroupFlush(AlertGroup group, AlertSettings settings, StateChanges changes, TimeSpan now)
{
    public AlertGroup Group => group;

    public AlertSettings Settings => settings;

    public StateChanges Changes => changes;

    public TimeSpan Now => now;

    public IEnumerable<ActiveAlert> Firing => group.Members.Values.Where(member => member.IsFiring);

    /// <summary>Gets when the group wants to be flushed next; <see langword="null"/> if only when something happens.</summary>
    public TimeSpan? Due { get; private set; }

    public void FlushAgain(TimeSpan? at) => Due = Min.Of(Due, at);
}

/// <summary>What a flush runs through, as in Alertmanager: who is told of what, and when, is decided by the stages in their order.</summary>
internal interface IStage
{
    void Run(GroupFlush flush);
}
