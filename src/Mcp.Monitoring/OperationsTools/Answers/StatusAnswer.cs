using System.ComponentModel;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>get_status</c> answers.</summary>
internal sealed record StatusAnswer
{
    public required DateTimeOffset At { get; init; }

    [Description("healthy; warning: calls fail or a lesser alert fires; critical: an alert of severity critical or high fires.")]
    public required string Level { get; init; }

    [Description("The state in one sentence of numbers.")]
    public required string Summary { get; init; }

    public required double UptimeSeconds { get; init; }

    public required CallsAnswer LastHour { get; init; }

    [Description("The last 24 hours, without durations.")]
    public required CallsAnswer LastDay { get; init; }

    [Description("Incidents that go on, the worst first.")]
    public required IReadOnlyList<IncidentAnswer> Incidents { get; init; }

    [Description("Alerts that fire and belong to no incident, and those that are pending.")]
    public required IReadOnlyList<AlertAnswer> Alerts { get; init; }

    [Description("Operations whose calls fail now, as type/name.")]
    public required IReadOnlyList<string> FailingOperations { get; init; }

    public required IReadOnlyList<DependencyAnswer> Dependencies { get; init; }

    [Description("Channels of alerts that do not work.")]
    public required IReadOnlyList<string> BrokenChannels { get; init; }

    [Description("Silences that are active or to come.")]
    public required int Silences { get; init; }

    [Description("How many parts of the server nothing measures.")]
    public required int NotMonitored { get; init; }

    public string? Version { get; init; }

    public string? Environment { get; init; }

    [Description("The machine; behind a balancer each answer may be of another.")]
    public string? Instance { get; init; }

    public StatusText? Untrusted { get; init; }
}

/// <summary>What is told of the state in words that others have a part in.</summary>
internal sealed record StatusText
{
    public string? Service { get; init; }

    [Description("The state in one sentence, with names.")]
    public string? Sentence { get; init; }

    public IReadOnlyList<string>? FailingOperations { get; init; }

    public IReadOnlyList<string>? NotMonitored { get; init; }
}

/// <summary>Something that operations depend on.</summary>
internal sealed record DependencyAnswer
{
    public string? Name { get; init; }

    [Description("Whether it answers; absent where nobody knows.")]
    public bool? Up { get; init; }

    [Description("closed, open, half_open or isolated; absent without a circuit breaker.")]
    public string? Breaker { get; init; }

    [Description("Calls in the last hour.")]
    public required double Calls { get; init; }

    public required double Failed { get; init; }

    [Description("Calls that the breaker refused in the last hour.")]
    public required double Rejected { get; init; }

    public double? P95Seconds { get; init; }

    public NameText? Untrusted { get; init; }
}

/// <summary>A name that does not read as one.</summary>
internal sealed record NameText(string? Name);
