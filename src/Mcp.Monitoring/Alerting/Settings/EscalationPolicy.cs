namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>Who is called when nobody acknowledges: the copy that an incident keeps from its beginning, whatever becomes of the options.</summary>
internal sealed record EscalationPolicy
{
    public required IReadOnlyList<EscalationStep> Steps { get; init; }

    public required TimeSpan RepeatEvery { get; init; }

    public required int MostRepeats { get; init; }

    /// <summary>Gets when a step is due after the beginning; past the last, the last is repeated.</summary>
    /// <returns>The time; <see langword="null"/> if there is no such step.</returns>
    public TimeSpan? After(int step) =>
        step < Steps.Count ? Steps[step].After
        : step - Steps.Count < MostRepeats ? Steps[^1].After + ((step - Steps.Count + 1) * RepeatEvery)
        : null;

    public EscalationStep Step(int step) => Steps[Math.Min(step, Steps.Count - 1)];
}

/// <summary>One step of a policy.</summary>
/// <param name="After">How long after the beginning.</param>
/// <param name="Channels">Who is told; empty for those of the alert's route.</param>
/// <param name="OnlyIfNotAcknowledged">Whether it is left out while somebody looks after the incident.</param>
internal sealed record EscalationStep(TimeSpan After, IReadOnlyList<string> Channels, bool OnlyIfNotAcknowledged = true);
