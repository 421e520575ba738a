namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Series for which a level of a rule fires and recovers, and others for which it does not: the process and Prometheus must see the same in them.</summary>
/// <param name="rule">The rule.</param>
/// <param name="level">Which of its levels; one more than there are stands for its raised severity.</param>
/// <param name="labels">The labels that its alert has, as <c>operation="prices"</c>.</param>
internal sealed class LevelSamples(string rule, int level, string labels = "")
{
    public string Rule => rule;

    public int Level => level;

    public string Labels => labels;

    /// <summary>Gets the series for which it fires, once, and is over; as <see cref="SampleSeries"/> reads them.</summary>
    public required string Fires { get; init; }

    /// <summary>Gets the first minute at which it fires, and the last.</summary>
    public required (int First, int Last) Firing { get; init; }

    /// <summary>Gets the minutes in Prometheus, where these are others.</summary>
    public (int First, int Last)? InPrometheus { get; init; }

    /// <summary>Gets why these are others.</summary>
    public Difference? Because { get; init; }

    /// <summary>Gets series that stay just below.</summary>
    public required string Below { get; init; }

    /// <summary>Gets series of what belongs to it, but not what it judges.</summary>
    public required string NoData { get; init; }

    /// <summary>Gets further series that make it fire: without a series that others have.</summary>
    public string? AlsoFires { get; init; }

    /// <summary>Gets further series, each with a side of the rule that the others do not show.</summary>
    public IReadOnlyList<OtherSamples> Others { get; init; } = [];

    public int Minutes { get; init; } = 60;

    public int MinutesOf(OtherSamples other) => other.Minutes > 0 ? other.Minutes : Minutes;

    public override string ToString() => $"{rule} {level}";
}

/// <summary>Further series of a level, which fires for them once or not at all. When is what the process says; Prometheus must say the same.</summary>
/// <param name="What">What they show.</param>
/// <param name="Fires">Whether it fires.</param>
/// <param name="Series">The series, as <see cref="SampleSeries"/> reads them.</param>
internal sealed record OtherSamples(string What, bool Fires, string Series)
{
    /// <summary>Gets the minutes in Prometheus, where these are others than in the process.</summary>
    public (int First, int Last)? InPrometheus { get; init; }

    /// <summary>Gets why these are others.</summary>
    public Difference? Because { get; init; }

    /// <summary>Gets how long they are; as those of the level where it is 0.</summary>
    public int Minutes { get; init; }

    /// <summary>Gets the window that they are about, as <c>5m</c>; empty where they are about the rule as a whole.</summary>
    public string Window { get; init; } = "";
}
