namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>An incident, open or over not long ago. It belongs to the engine's thread.</summary>
internal sealed class OpenIncident(int number, string key, TimeSpan openedAt)
{
    private const int MostEvents = 200;
    private const int FirstEvents = 20;
    private const int MostAlerts = 200;
    private const int MostTold = 100;

    private readonly List<IncidentEvent> _timeline = [];
    private readonly List<string> _episodes = [];
    private readonly List<IncidentNotification> _told = [];

    public int Number => number;

    public string Key => key;

    public TimeSpan OpenedAt => openedAt;

    public IncidentState State { get; set; }

    public AlertSeverity Severity { get; set; }

    public string Title { get; set; } = "";

    public TimeSpan? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    public TimeSpan? ResolvedAt { get; set; }

    public string? ResolvedBy { get; set; }

    public int Reopened { get; set; }

    /// <summary>Gets the alerts that still belong to it and go on.</summary>
    public HashSet<ActiveAlert> Active { get; } = [];

    /// <summary>Gets or sets since when none of them goes on.</summary>
    public TimeSpan? QuietSince { get; set; }

    /// <summary>Gets or sets until when it stays over though its alerts go on, because somebody said so.</summary>
    public TimeSpan? HeldUntil { get; set; }

    public EscalationRun? Run { get; set; }

    /// <summary>Gets or sets the severity of an escalation that ended because nothing was that severe any more.</summary>
    public AlertSeverity? EscalationEnded { get; set; }

    public bool IsOpen => State != IncidentState.Resolved;

    public bool IsAcknowledged => State == IncidentState.Acknowledged;

    /// <summary>Gets or sets what readers see of it; <see langword="null"/> when that is out of date.</summary>
    public Incident? View { get; set; }

    public bool IsUnsaved { get; set; }

    public IReadOnlyList<IncidentEvent> Timeline => _timeline;

    public IReadOnlyList<string> Episodes => _episodes;

    /// <summary>Goes to another state; while nobody looks after it, its alerts are repeated.</summary>
    public void Become(IncidentState state)
    {
        State = state;
        foreach (ActiveAlert alert in Active)
        {
            alert.IsAcknowledged = state != IncidentState.Triggered;
        }
    }

    public void Add(string episode)
    {
        if (_episodes.Count < MostAlerts && !_episodes.Contains(episode, StringComparer.Ordinal))
        {
            _episodes.Add(episode);
        }
    }

    /// <summary>Writes into the timeline. Where that is full, the first entries and the newest are kept.</summary>
    public void Note(IncidentEvent what)
    {
        if (_timeline.Count >= MostEvents)
        {
            _timeline.RemoveAt(FirstEvents);
        }

        _timeline.Add(what);
        View = null;
        IsUnsaved = true;
    }

    /// <summary>Writes down that a channel has taken a message. Where there is no room, the first entries and the newest are kept.</summary>
    public void Note(IncidentNotification told)
    {
        if (_told.Count >= MostTold)
        {
            _told.RemoveAt(FirstEvents);
        }

        _told.Add(told);
        View = null;
        IsUnsaved = true;
    }

    public Incident ToView(AlertClock clock) => View ??= new Incident
    {
        Number = number,
        Key = key,
        State = State,
        Severity = Severity,
        Title = Title,
        OpenedAt = clock.ToUtc(openedAt),
        AcknowledgedAt = clock.ToUtc(AcknowledgedAt),
        AcknowledgedBy = AcknowledgedBy,
        ResolvedAt = clock.ToUtc(ResolvedAt),
        ResolvedBy = ResolvedBy,
        Reopened = Reopened,
        Alerts = [.. _episodes],
        Told = [.. _told],
        Timeline = [.. _timeline],
    };
}
