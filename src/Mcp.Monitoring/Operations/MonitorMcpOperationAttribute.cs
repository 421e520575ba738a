using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring;

/// <summary>
/// Refines how a tool, resource or prompt is monitored; without it everything is monitored all the same. On a class it holds for its methods; where both
/// have one, each property that the method sets wins.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MonitorMcpOperationAttribute : Attribute
{
    /// <summary>Keeps the name of the tool, prompt or URI template.</summary>
    public MonitorMcpOperationAttribute()
    {
    }

    /// <summary>Names the operation.</summary>
    /// <param name="type">The label <c>operation_type</c>: <c>tools</c>, <c>resources</c>, <c>prompts</c>, <c>completion</c>, <c>protocol</c> or <c>function</c>;
    /// any other value is ignored with a warning at start.</param>
    /// <param name="name">The label <c>operation</c>, 1 to 200 characters.</param>
    public MonitorMcpOperationAttribute(string type, string name)
    {
        Type = type;
        Name = name;
    }

    /// <summary>Gets the label <c>operation_type</c>.</summary>
    /// <value>The default is <see langword="null"/>: what the primitive is.</value>
    public string? Type { get; }

    /// <summary>Gets the label <c>operation</c>.</summary>
    /// <value>The default is <see langword="null"/>: the primitive's own name.</value>
    public string? Name { get; }

    /// <summary>Gets or sets whether this operation is left out of monitoring altogether.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Ignore
    {
        get => IgnoreOrUnset ?? false;
        set => IgnoreOrUnset = value;
    }

    /// <summary>Gets or sets who looks after it, the label <c>owner</c> of <c>mcp_operation_info</c>.</summary>
    /// <value>The default is <see langword="null"/>: an empty label.</value>
    public string? Owner { get; set; }

    /// <summary>Gets or sets where its runbook is, for the people it wakes.</summary>
    /// <value>An URL; the default is <see langword="null"/>.</value>
    public string? Runbook { get; set; }

    /// <summary>Gets or sets the duration that its calls should keep, in milliseconds; it becomes an edge of the operation's latency histogram, and 95 % of its
    /// calls within it an objective of its own.</summary>
    /// <value>The default is 0: that of the options, as for what is not above 0 or more than 3,600,000.</value>
    public double LatencyTargetMs { get; set; }

    /// <summary>Gets or sets the share of its calls that should succeed.</summary>
    /// <value>Between 0 and 1, such as 0.995; the default is 0: that of the options.</value>
    public double Availability { get; set; }

    internal bool? IgnoreOrUnset { get; private set; }

    internal OperationTraits Traits => new(
        Owner, Runbook, LatencyTargetMs is > 0 and <= ThresholdOptions.LongestMs ? LatencyTargetMs : null, Availability is > 0 and <= 1 ? Availability : null);

    /// <summary>Merges attributes from the widest to the narrowest; <see langword="null"/> if there are none.</summary>
    internal static MonitorMcpOperationAttribute? Merge(IEnumerable<MonitorMcpOperationAttribute> attributes)
    {
        MonitorMcpOperationAttribute? merged = null;
        foreach (MonitorMcpOperationAttribute next in attributes)
        {
            merged = merged is null ? next : new MonitorMcpOperationAttribute((next.Type ?? merged.Type)!, (next.Name ?? merged.Name)!)
            {
                IgnoreOrUnset = next.IgnoreOrUnset ?? merged.IgnoreOrUnset,
                Owner = next.Owner ?? merged.Owner,
                Runbook = next.Runbook ?? merged.Runbook,
                LatencyTargetMs = next.LatencyTargetMs != 0 ? next.LatencyTargetMs : merged.LatencyTargetMs,
                Availability = next.Availability != 0 ? next.Availability : merged.Availability,
            };
        }

        return merged;
    }
}
