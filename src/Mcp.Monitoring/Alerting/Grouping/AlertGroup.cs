using Mcp.Monitoring.Alerting.Flapping;

namespace Mcp.Monitoring.Alerting.Grouping;

/// <summary>Alerts that are told together, for as long as one of them goes on.</summary>
internal sealed class AlertGroup(string id, AlertLabels labels, TimeSpan opened)
{
    private readonly Dictionary<AlertLabels, TrackedAlert> _members = [];
    private readonly Dictionary<string, ChannelView> _views = new(StringComparer.Ordinal);

    public string Id => id;

    public AlertLabels Labels => labels;

    public TimeSpan Opened => opened;

    /// <summary>Gets or sets when the first of what it tells of began.</summary>
    public required TimeSpan StartedAt { get; set; }

    public IReadOnlyDictionary<AlertLabels, TrackedAlert> Members => _members;

    public IReadOnlyDictionary<string, ChannelView> Views => _views;

    /// <summary>Gets whether it is grouped by the type of errors of several operations.</summary>
    public bool HasSharedCause => labels.ContainsKey(GroupKey.ErrorType);

    /// <summary>Gets or sets when it wants to be looked at.</summary>
    public TimeSpan? Due { get; set; }

    /// <summary>Gets or sets whether a silence has ended while something that it silenced goes on.</summary>
    public bool IsUnsilenced { get; set; }

    /// <summary>Gets or sets how often it came and went lately; none where it did not.</summary>
    public FlapHistory? Flaps { get; set; }

    public bool IsFlapping => Flaps is { IsFlapping: true };

    public bool IsUnsaved { get; set; }

    /// <summary>Has it looked at in this step.</summary>
    public void Look() => Due = TimeSpan.MinValue;

    /// <summary>Gets whether nothing goes on, and nobody waits for its end.</summary>
    public bool IsOver => !IsFlapping && _members.Values.All(member => !member.IsFiring) && _views.Values.All(view => !view.IsTold);

    public void Add(TrackedAlert member)
    {
        StartedAt = member.Alert.StartedAt < StartedAt ? member.Alert.StartedAt : StartedAt;
        _members[member.Alert.Labels] = member;
    }

    public void Remove(AlertLabels alert) => _members.Remove(alert);

    /// <summary>Gets whether somebody knows of an alert, or it belongs to it already.</summary>
    public bool Knows(ActiveAlert alert) => _members.ContainsKey(alert.Labels) || _views.Values.Any(view => view.Firing.Contains(alert.Labels.Fingerprint));

    public ChannelView ViewOf(string channel)
    {
        if (!_views.TryGetValue(channel, out ChannelView? view))
        {
            _views[channel] = view = new ChannelView(channel);
        }

        return view;
    }
}
