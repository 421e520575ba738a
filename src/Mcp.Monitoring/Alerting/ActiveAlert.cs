namespace Mcp.Monitoring.Alerting;

/// <summary>One episode of an alert, from its first sign to a while after its end, and what was decided about it. It belongs to the engine's thread.</summary>
/// <param name="rule">The name of the rule, the label <c>alertname</c>.</param>
/// <param name="labels">What tells it from others of its rule; they do not change within an episode, the severity does and is none of them.</param>
internal sealed class ActiveAlert(string rule, AlertLabels labels)
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(2);

    public string Rule => rule;

    public AlertLabels Labels => labels;

    /// <summary>Gets the id of this episode: a later one of the same labels has another.</summary>
    public string Episode { get; init; } = Guid.CreateVersion7().ToString("N");

    public AlertSeverity Severity
    {
        get;
        set
        {
            field = value;
            WorstSeverity = value > WorstSeverity ? value : WorstSeverity;
        }
    }

    /// <summary>Gets or sets the highest severity of the episode.</summary>
    public AlertSeverity WorstSeverity { get; set; }

    public AlertState State { get; set; }

    /// <summary>Gets or sets the value that was judged.</summary>
    public double Value { get; set; } = double.NaN;

    /// <summary>Gets or sets the worst value of the episode, when that was, and what there was to say then.</summary>
    public double Peak { get; set; } = double.NaN;

    public TimeSpan? PeakAt { get; set; }

    public string PeakSummary { get; set; } = "";

    /// <summary>Gets or sets what there was to say when an intensity was well again; <see langword="null"/> for what is none, after a restart, and where the user's own words say only what is wrong.</summary>
    public string? EndSummary { get; set; }

    /// <summary>Gets or sets what the value was compared with.</summary>
    public double Limit { get; set; } = double.NaN;

    /// <summary>Gets or sets when what it tells of began, such as the first failed call: what people are shown, never moved.</summary>
    public TimeSpan StartedAt { get; set; }

    /// <summary>Gets or sets since when the condition counts as held, for <c>for</c>. Time in which nobody looked is taken out by moving the instant.</summary>
    public TimeSpan PendingSince { get; set; }

    /// <summary>Gets or sets the level of its rule that makes its severity, by its place in the rule.</summary>
    public int Level { get; set; }

    /// <summary>Gets or sets the last failure that it tells of; <see langword="null"/> where it is not about failures.</summary>
    public TimeSpan? LastFailureAt { get; set; }

    /// <summary>Gets or sets when the failures stopped, although the window that is judged still holds them; <see langword="null"/> while they go on.</summary>
    public TimeSpan? StoppedAt { get; set; }

    /// <summary>Gets or sets the error type of most of the failures, where no dependency is to blame: operations that begin to fail alike are one outage.</summary>
    public string? ErrorType { get; set; }

    /// <summary>Gets whether it is told apart from all others, in a group of its own rule: alerts about the process, and rules of the user's own.</summary>
    public bool IsStandalone { get; init; }

    /// <summary>Gets whether its value is an intensity, such as a share or a percentile, so that five times as much is news.</summary>
    public bool IsIntensity { get; set; }

    public TimeSpan? FiredAt { get; set; }

    /// <summary>Gets or sets since when the condition of a firing alert no longer holds, while it is kept firing.</summary>
    public TimeSpan? QuietSince { get; set; }

    public TimeSpan? ResolvedAt { get; set; }

    public ResolveReason? ResolveReason { get; set; }

    /// <summary>Gets or sets what to say of it, read anew with <see cref="Describe"/> when somebody is told.</summary>
    public AlertDescription Description { get; set; } = AlertDescription.Empty;

    /// <summary>Gets or sets who describes it as it is now; <see langword="null"/> after a restart until it is evaluated or raised again.</summary>
    public Func<AlertDescription>? Describe { get; set; }

    /// <summary>Gets when what it tells of was over: the time that it was kept firing is none of it.</summary>
    public TimeSpan? EndedAt => ResolveReason switch
    {
        Alerting.ResolveReason.Recovered when !IsRaised => HasStoppedWhen ?? QuietSince ?? ResolvedAt,
        Alerting.ResolveReason.NoData => LastFailureAt ?? ResolvedAt,
        _ => ResolvedAt,
    };

    // With few calls the last failure may have been long before anybody could know that it was the last; of what was short the seconds matter.
    private TimeSpan? HasStoppedWhen => IsIntensity || QuietSince - StartedAt < Short ? StoppedAt : null;

    /// <summary>Gets whether what it tells of goes on, and it is not only kept firing.</summary>
    public bool IsGoingOn => State == AlertState.Firing && GoneSince is null && StoppedAt is null;

    /// <summary>Gets since when the condition no longer holds, while it is kept firing; of what code raises nobody knows.</summary>
    public TimeSpan? GoneSince => IsRaised ? null : QuietSince;

    /// <summary>Gets whether code raised it, and no rule looks after it.</summary>
    public bool IsRaised { get; init; }

    /// <summary>Gets whether it is told without sound, whatever its severity.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Gets whether it is something that happened, and not something that goes on: its end is not told.</summary>
    public bool IsEvent { get; init; }

    /// <summary>Gets how often it may be told again, where its rule says so.</summary>
    public TimeSpan? RepeatInterval { get; init; }

    public ulong Fingerprint => labels.Fingerprint;

    public bool IsFiring => State == AlertState.Firing;

    /// <summary>Gets or sets the group; none while it is pending.</summary>
    public AlertGroup? Group { get; set; }

    /// <summary>Gets or sets who is told. Within an episode they only become more, unless a channel is switched off: who was told is told the end, too.</summary>
    public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>Gets or sets the severity that <see cref="Channels"/> were chosen for.</summary>
    public AlertSeverity? RoutedSeverity { get; set; }

    public bool IsSilenced { get; set; }

    public bool IsInhibited { get; set; }

    /// <summary>Gets whether somebody may be told of it now.</summary>
    public bool IsVisible => IsFiring && !IsSilenced && !IsInhibited;

    /// <summary>Gets or sets the number of its incident.</summary>
    public int? Incident { get; set; }

    /// <summary>Gets or sets whether somebody looks after its incident, or has ended it: it is not repeated.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Gets or sets what readers see of it; <see langword="null"/> when that is out of date.</summary>
    public Alert? View { get; set; }

    /// <summary>Gets or sets whether its row is out of date.</summary>
    public bool IsUnsaved { get; set; }

    /// <summary>Gets or sets the value that was saved last.</summary>
    public double SavedValue { get; set; } = double.NaN;

    /// <summary>Reads anew what to say of it, while its condition holds: of what is over people want to know how it was. Where that fails, it is told as it was.</summary>
    public void Refresh(FaultIsolation guard)
    {
        if (State != AlertState.Resolved && (IsRaised || QuietSince is null) && Describe is { } describe)
        {
            try
            {
                Description = describe();
            }
            catch (Exception exception)
            {
                guard.Report(exception);
            }
        }
    }
}
