namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>The policies of the options by severity; without any, critical incidents are escalated at once, after 15 and 30 minutes, then hourly.</summary>
/// <param name="options">The policies.</param>
internal sealed class EscalationPolicies(IList<EscalationPolicyOptions> options)
{
    private const int MostRepeats = 5;

    private static readonly EscalationPolicy Default = new()
    {
        Steps = [.. new[] { 0, 15, 30 }.Select(minutes => new EscalationStep(TimeSpan.FromMinutes(minutes), []))],
        RepeatEvery = TimeSpan.FromHours(1),
        MostRepeats = MostRepeats,
    };

    /// <summary>Gets policies by which nobody is called.</summary>
    public static EscalationPolicies None { get; } = new([new EscalationPolicyOptions()]);

    private readonly Dictionary<AlertSeverity, EscalationPolicy> _policies = options.Count == 0
        ? new() { [AlertSeverity.Critical] = Default }
        : options.Where(policy => policy.Steps.Count > 0).ToDictionary(policy => policy.Severity, Of);

    /// <summary>Gets the channels that policies name.</summary>
    public IEnumerable<string> Channels => _policies.Values.SelectMany(policy => policy.Steps).SelectMany(step => step.Channels);

    public EscalationPolicy? Find(AlertSeverity severity) => _policies.GetValueOrDefault(severity);

    /// <summary>Lists the channels that a policy names for the beginning; <see langword="null"/> where it leaves that to the routes.</summary>
    public IReadOnlyList<string>? FirstChannels(AlertSeverity severity)
    {
        string[] named = [.. (Find(severity)?.Steps ?? []).Where(step => step.After == TimeSpan.Zero).SelectMany(step => step.Channels)];
        return named.Length == 0 ? null : named;
    }

    private static EscalationPolicy Of(EscalationPolicyOptions policy) => new()
    {
        Steps = [.. policy.Steps.Select(step => new EscalationStep(step.After, [.. step.Channels], step.OnlyIfNotAcknowledged))],
        RepeatEvery = policy.RepeatEvery,
        MostRepeats = policy.MostRepeats,
    };
}
