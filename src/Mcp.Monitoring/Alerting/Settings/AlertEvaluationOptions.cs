using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>How often rules are evaluated.</summary>
public sealed class AlertEvaluationOptions : ISettings
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how often.</summary>
    /// <value>The default is 15 seconds. Valid range: 1 second to 5 minutes, not below <see cref="SampleInterval"/>.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how often the metrics are sampled for it; takes effect with a restart.</summary>
    /// <value>The default is 5 seconds. Valid range: 1 second to 1 minute.</value>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long after the start no alert of a share, a percentile or an error budget begins to fire, and none of a former run ends, but of failures in a row.</summary>
    /// <value>The default is 2 minutes. Valid range: 0 to 1 hour.</value>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromMinutes(2);

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Duration(nameof(Interval), () => Interval, value => Interval = value).Live(),
        Setting.Duration(nameof(SampleInterval), () => SampleInterval, value => SampleInterval = value),
        Setting.Duration(nameof(WarmUp), () => WarmUp, value => WarmUp = value),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        SettingRules.Between(nameof(SampleInterval), SampleInterval, Shortest, TimeSpan.FromMinutes(1)),
        SettingRules.Between(nameof(Interval), Interval, Shortest, Longest)
            ?? (Interval < SampleInterval ? Fault.Of(nameof(Interval), Interval, $"Set it to sample_interval ({SampleInterval}) or more, or rules see nothing new.") : null),
        SettingRules.Between(nameof(WarmUp), WarmUp, TimeSpan.Zero, LongestWarmUp));
}
