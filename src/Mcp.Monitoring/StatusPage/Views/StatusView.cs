using System.Text.Json.Serialization;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>What the page shows, as it stood at one moment: made at most every two seconds, and only while somebody looks. Times are in UTC, durations in seconds, shares parts of 1.</summary>
internal sealed record StatusView
{
    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the time zone of <c>alerts.time_zone</c> by its IANA name, in which people read times.</summary>
    public required string TimeZone { get; init; }

    public required ServiceView Service { get; init; }

    public required StateView State { get; init; }

    /// <summary>Gets the calls of tools, resources and prompts in the last hour.</summary>
    public required CallsView LastHour { get; init; }

    /// <summary>Gets those of the last 24 hours, without durations.</summary>
    public required CallsView LastDay { get; init; }

    /// <summary>Gets the operations, what hurts most first.</summary>
    public IReadOnlyList<OperationView> Operations { get; init; } = [];

    public IReadOnlyList<DependencyView> Dependencies { get; init; } = [];

    public IReadOnlyList<QueueView> Queues { get; init; } = [];

    public IReadOnlyList<ObjectiveView> Objectives { get; init; } = [];

    /// <summary>Gets the incidents that go on, the worst first, then the last 10 that are over.</summary>
    public IReadOnlyList<IncidentView> Incidents { get; init; } = [];

    /// <summary>Gets the alerts that fire and belong to no incident, and those that are pending.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    public IReadOnlyList<SilenceView> Silences { get; init; } = [];

    /// <summary>Gets the last 50 errors, the newest first.</summary>
    public IReadOnlyList<FailureView> Failures { get; init; } = [];

    public IReadOnlyList<ChannelView> Channels { get; init; } = [];

    public AgentsView Agents { get; init; } = new();

    public required CoverageView Coverage { get; init; }

    /// <summary>Gets the dashboard of <c>alerts.dashboard_url</c>.</summary>
    public string? Dashboard { get; init; }
}

/// <summary>Whose page it is.</summary>
/// <param name="Name">The service.</param>
/// <param name="Version">The application's version.</param>
/// <param name="Environment">Where it runs, such as <c>production</c>.</param>
/// <param name="Instance">The machine: behind a balancer each answer may be of another.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="LibraryVersion">The version of this library.</param>
internal sealed record ServiceView(string Name, string Version, string Environment, string Instance, DateTimeOffset StartedAt, string LibraryVersion);

/// <summary>How the server is, in one sentence, the worst first.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Sentence">The sentence in the language that was asked for, with the time since when and who was told.</param>
/// <param name="Open">How many incidents go on.</param>
/// <param name="OpenBreakers">How many circuit breakers are open or half open.</param>
internal sealed record StateView(StateLevel Level, string Sentence, int Open, int OpenBreakers);

/// <summary>How bad it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StateLevel>))]
internal enum StateLevel
{
    /// <summary>Nothing fires and nothing fails.</summary>
    [JsonStringEnumMemberName("healthy")]
    Healthy,

    /// <summary>Calls fail, or an alert of a lower severity fires.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>An alert of severity critical or high fires.</summary>
    [JsonStringEnumMemberName("critical")]
    Critical,
}

/// <summary>Calls of a window.</summary>
internal sealed record CallsView
{
    public static CallsView None { get; } = new();

    /// <summary>Gets all of them, those in <see cref="InputRequired"/> not counted.</summary>
    public double Calls { get; init; }

    public double Success { get; init; }

    public double ServerErrors { get; init; }

    public double ToolErrors { get; init; }

    public double ClientErrors { get; init; }

    public double Cancelled { get; init; }

    public double InputRequired { get; init; }

    /// <summary>Gets the share of <see cref="ServerErrors"/>; <see langword="null"/> without calls.</summary>
    public double? FailedShare { get; init; }

    /// <summary>Gets the duration below which 95 % of the calls that succeeded stayed, in seconds.</summary>
    public double? P95 { get; init; }

    public double? P99 { get; init; }
}

/// <summary>One operation.</summary>
internal sealed record OperationView
{
    /// <summary>Gets the type: <c>tools</c>, <c>resources</c>, <c>prompts</c>, <c>function</c>, <c>protocol</c>, <c>completion</c>.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    public string? Owner { get; init; }

    /// <summary>Gets the last hour.</summary>
    public required CallsView LastHour { get; init; }

    /// <summary>Gets whether its calls fail now: at least one server error within 5 minutes, and no success after it; or at least 3, and half of the calls.</summary>
    public bool IsFailing { get; init; }

    /// <summary>Gets the calls and server errors of the last 5 minutes.</summary>
    public double RecentCalls { get; init; }

    public double RecentErrors { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Gets the limit of its p95 in seconds.</summary>
    public double LatencyTarget { get; init; }

    /// <summary>Gets what is left of the budget of its own objective, where it has one.</summary>
    public double? BudgetRemaining { get; init; }
}

/// <summary>Something that operations depend on: an integration, a database, a cache.</summary>
internal sealed record DependencyView
{
    public required string Name { get; init; }

    /// <summary>Gets whether it answers, by its probe or by calls; <see langword="null"/> where nobody knows.</summary>
    public bool? IsUp { get; init; }

    /// <summary>Gets <c>closed</c>, <c>open</c>, <c>half_open</c> or <c>isolated</c>; <see langword="null"/> without a breaker.</summary>
    public string? Breaker { get; init; }

    /// <summary>Gets the calls that the breaker has refused in the last hour.</summary>
    public double Rejected { get; init; }

    public double Calls { get; init; }

    public double Failed { get; init; }

    public double Retries { get; init; }

    /// <summary>Gets the 95th percentile of its calls in the last hour, in seconds.</summary>
    public double? P95 { get; init; }

    /// <summary>Gets the connections in use, those there may be, and the callers that wait for one; of a database.</summary>
    public double? Connections { get; init; }

    public double? MaxConnections { get; init; }

    public double? WaitingForConnection { get; init; }

    /// <summary>Gets its sessions by state, of 1C.</summary>
    public IReadOnlyDictionary<string, double> Sessions { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Gets the share of reads that a cache has answered in the last hour.</summary>
    public double? HitShare { get; init; }
}

internal sealed record QueueView(string Name, double Size, double? Capacity);

/// <summary>An objective over 30 days.</summary>
internal sealed record ObjectiveView
{
    public required string Name { get; init; }

    /// <summary>Gets <c>availability</c> or <c>latency</c>.</summary>
    public required string Kind { get; init; }

    public required double Target { get; init; }

    /// <summary>Gets the limit of an objective of latency, in seconds.</summary>
    public double? Threshold { get; init; }

    /// <summary>Gets the operation that it is of; <see langword="null"/> for all.</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the share of the budget that is left, below 0 where more was spent; <see langword="null"/> without calls.</summary>
    public double? BudgetRemaining { get; init; }

    /// <summary>Gets how many times faster than allowed the budget is spent, in the last hour and in the last 6 hours.</summary>
    public double? BurnHour { get; init; }

    public double? BurnSixHours { get; init; }

    public double Calls { get; init; }

    public double Bad { get; init; }
}

/// <summary>One channel of alerts.</summary>
internal sealed record ChannelView
{
    public required string Name { get; init; }

    public required bool Works { get; init; }

    /// <summary>Gets whether it carries messages to people elsewhere; the log does not.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Gets how it is, in words.</summary>
    public required string Words { get; init; }

    public string MinimumSeverity { get; init; } = "low";

    public DateTimeOffset? LastSuccess { get; init; }

    public int Waiting { get; init; }
}

/// <summary>What is monitored and what is not.</summary>
/// <param name="Monitored">What is, one short sentence each.</param>
/// <param name="NotMonitored">What is not, with what to write to have it.</param>
internal sealed record CoverageView(IReadOnlyList<string> Monitored, IReadOnlyList<string> NotMonitored);
