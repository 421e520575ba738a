namespace Mcp.Monitoring.Alerting;

/// <summary>What a channel is to tell people: the same facts on every channel. Texts may hold what a client or an exception wrote: bounded, on one line, and
/// not escaped for any format.</summary>
public sealed record AlertNotification
{
    /// <summary>Gets the id of this message; a further attempt to send it has the same, so that a receiver can tell a duplicate.</summary>
    public required string Id { get; init; }

    /// <summary>Gets why somebody is told.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Gets the severity of the worst that goes on.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Gets what belongs together: all messages of one outage have the same, to be shown as one thread.</summary>
    public required string Group { get; init; }

    /// <summary>Gets what is the matter with what, such as <c>1c down</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the sign of the severity or of the end, an emoji; <see cref="Heading"/> says the same in words.</summary>
    public string? Mark { get; init; }

    /// <summary>Gets the severity, or how it ended, and the title: <c>critical · 1c down</c>.</summary>
    public string? Heading { get; init; }

    /// <summary>Gets <see cref="Summary"/> with the times: <c>14 of 14 calls failed in 5 min, since 03:00 MSK</c>.</summary>
    public string? Body { get; init; }

    /// <summary>Gets which version of the application it is, and how long it has been up.</summary>
    public string? Footer { get; init; }

    /// <summary>Gets the service, the label <c>mcp_service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Gets what happened, with numbers: <c>14 of 14 calls failed in 5 min</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what helps to find the cause: short sentences.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Gets the whole message as one line of plain text, with times in the time zone of the options.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the alerts that this is about, the worst first; at most 10 of <see cref="AlertCount"/>.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>Gets how many alerts this is about.</summary>
    public int AlertCount { get; init; }

    /// <summary>Gets since when, in UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets until when, in UTC.</summary>
    /// <value><see langword="null"/> while it goes on.</value>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets the number of the incident.</summary>
    /// <value><see langword="null"/> where it made none.</value>
    public int? Incident { get; init; }

    /// <summary>Gets where it says what to do.</summary>
    public string? Runbook { get; init; }

    /// <summary>Gets the dashboard of <see cref="AlertOptions.DashboardUrl"/>.</summary>
    public string? Dashboard { get; init; }

    /// <summary>Gets the page of <see cref="AlertOptions.PageUrl"/>.</summary>
    public string? Page { get; init; }

    /// <summary>Gets the address of a form that acknowledges the incident, below <see cref="AlertOptions.PageUrl"/>: once, within a day, and without a sign-in unless a policy guards the page.</summary>
    /// <value><see langword="null"/> where nobody is to acknowledge, and without <see cref="StatusPageOptions.Token"/>.</value>
    public string? Acknowledge { get; init; }

    /// <summary>Gets whether it should make no sound.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Gets whether an earlier attempt may have arrived all the same; <see cref="Text"/> says so, too.</summary>
    public bool IsPossibleDuplicate { get; init; }

    /// <summary>Gets what the channel answered to the first message of the group, such as the id of a thread.</summary>
    /// <value><see langword="null"/> for the first, and where the channel answered nothing.</value>
    public string? ThreadReference { get; init; }

    /// <summary>Gets what the last attempt to send this message gave to <see cref="DeliveryResult.Retry"/>.</summary>
    /// <value><see langword="null"/> at the first attempt, and where none gave anything.</value>
    public string? Progress { get; init; }

    /// <summary>Gets whether the thread pool has not run anything for a second when this is sent: a call that waits for it would not come back.</summary>
    public bool IsThreadPoolStarved { get; init; }
}
