namespace Mcp.Monitoring.Alerting;

/// <summary>Alerts that are told together, for as long as one of them goes on. It belongs to the engine's thread.</summary>
internal sealed class AlertGroup(string id, AlertLabels labels, TimeSpan opened)
{
    /// <summary>The label of a cause that several operations share, where no dependency is to blame.</summary>
    public const string ErrorType = "error_type";

    private readonly Dictionary<AlertLabels, ActiveAlert> _members = [];

    public string Id => id;

    public AlertLabels Labels => labels;

    public TimeSpan Opened => opened;

    /// <summary>Gets or sets when the first of what it tells of began.</summary>
    public required TimeSpan StartedAt { get; set; }

    public IReadOnlyDictionary<AlertLabels, ActiveAlert> Members => _members;

    /// <summary>Gets the error type that groups several operations; empty where something else does.</summary>
    public string SharedCause => labels[ErrorType];

    public bool HasSharedCause => labels.ContainsKey(ErrorType);

    /// <summary>Gets or sets when it wants to be flushed.</summary>
    public TimeSpan? Due { get; set; }

    /// <summary>Gets or sets whether a silence has ended while something that it silenced goes on.</summary>
    public bool IsUnsilenced { get; set; }

    /// <summary>Gets or sets whether it comes and goes too often to be told each time.</summary>
    public bool IsFlapping { get; set; }

    public bool IsUnsaved { get; set; }

    /// <summary>Has it flushed in this step.</summary>
    public void FlushNow() => Due = TimeSpan.MinValue;

    public void Add(ActiveAlert member)
    {
        StartedAt = member.StartedAt < StartedAt ? member.StartedAt : StartedAt;
        _members[member.Labels] = member;
        member.Group = this;
        IsUnsaved = true;
    }

    public void Remove(AlertLabels alert) => _members.Remove(alert);
}
