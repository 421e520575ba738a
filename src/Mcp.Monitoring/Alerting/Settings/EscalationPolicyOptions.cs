using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>Who is called when nobody acknowledges an incident of one severity.</summary>
public sealed class EscalationPolicyOptions : ISettings
{
    private const int MostSteps = 20;

    /// <summary>Gets or sets the severity.</summary>
    /// <value>The default is <see cref="AlertSeverity.Critical"/>.</value>
    public AlertSeverity Severity { get; set; } = AlertSeverity.Critical;

    /// <summary>Gets the steps, by the time after the incident was opened.</summary>
    /// <value>Required; at most 20.</value>
    public IList<EscalationStepOptions> Steps { get; } = [];

    /// <summary>Gets or sets how long after the last step it is told again, and so on.</summary>
    /// <value>The default is 1 hour. Valid range: 1 minute to 1 day.</value>
    public TimeSpan RepeatEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how often it is told again.</summary>
    /// <value>The default is 5. Valid range: 0 to 5.</value>
    public int MostRepeats { get; set; } = 5;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Choice(nameof(Severity), () => Severity, value => Severity = value),
        Setting.Sections(nameof(Steps), Steps),
        Setting.Duration(nameof(RepeatEvery), () => RepeatEvery, value => RepeatEvery = value),
        Setting.Integer(nameof(MostRepeats), () => MostRepeats, value => MostRepeats = value),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        Steps.Count switch
        {
            0 => Fault.Missing(nameof(Steps), "Give at least one step."),
            > MostSteps => new Fault(nameof(Steps), $"has {Steps.Count} steps", $"Give at most {MostSteps}."),
            _ => Steps.Zip(Steps.Skip(1)).Any(pair => pair.Second.After < pair.First.After)
                ? new Fault(nameof(Steps), "has a step that comes before the one above it", "Write them in the order of after.")
                : null,
        },
        SettingRules.Between(nameof(RepeatEvery), RepeatEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        SettingRules.Between(nameof(MostRepeats), MostRepeats, 0, 5));
}
