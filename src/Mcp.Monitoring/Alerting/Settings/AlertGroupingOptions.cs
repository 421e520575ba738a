using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>How alerts become one message, in the words of Alertmanager.</summary>
public sealed class AlertGroupingOptions : ISettings
{
    private const int MostLabels = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Gets or sets the labels that alerts of one group have in common; an alert without a dependency is grouped by its operation.</summary>
    /// <value>The default is <c>mcp_service</c> and <c>dependency</c>. At most 10.</value>
    public IList<string> By { get; set; } = [AlertLabels.Service, AlertLabels.Dependency];

    /// <summary>Gets or sets how long the first message of a group waits for others that belong to it.</summary>
    /// <value>The default is 30 seconds. Valid range: 0 to 1 hour.</value>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the same for a critical alert.</summary>
    /// <value>The default is 5 seconds. Valid range: 0 to 1 hour.</value>
    public TimeSpan CriticalWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long at least lies between two messages of a group.</summary>
    /// <value>The default is 5 minutes. Valid range: 1 second to 1 day, not below <see cref="Wait"/>.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets after which time something that goes on unchanged is told again, to the second.</summary>
    /// <value>The default is 4 hours. Valid range: 1 minute to 30 days, not below <see cref="Interval"/>.</value>
    public TimeSpan RepeatInterval { get; set; } = TimeSpan.FromHours(4);

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.List(nameof(By), () => By, value => By = value).Live(),
        Setting.Duration(nameof(Wait), () => Wait, value => Wait = value).Live(),
        Setting.Duration(nameof(CriticalWait), () => CriticalWait, value => CriticalWait = value).Live(),
        Setting.Duration(nameof(Interval), () => Interval, value => Interval = value).Live(),
        Setting.Duration(nameof(RepeatInterval), () => RepeatInterval, value => RepeatInterval = value).Live(),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. CheckTimes(),
        .. from entry in By.Index()
           let isTwice = By.Take(entry.Index).Contains(entry.Item, StringComparer.Ordinal)
           where isTwice || !AlertNames.IsName(entry.Item)
           select Fault.Of($"{nameof(By)}:{entry.Index}", entry.Item, isTwice ? "It is there already." : "Write the name of a label."),
    ];

    private IEnumerable<Fault> CheckTimes() => SettingRules.Faults(
        By.Count > MostLabels ? new Fault(nameof(By), $"has {By.Count} labels", $"Give at most {MostLabels}.") : null,
        SettingRules.Between(nameof(Wait), Wait, TimeSpan.Zero, TimeSpan.FromHours(1)),
        SettingRules.Between(nameof(CriticalWait), CriticalWait, TimeSpan.Zero, TimeSpan.FromHours(1))
            ?? (CriticalWait > Wait
                ? Fault.Of(nameof(CriticalWait), CriticalWait, $"Set it to wait ({Wait}) or less: now what is critical is told later than the rest.") with { IsWarning = true }
                : null),
        SettingRules.Between(nameof(Interval), Interval, TimeSpan.FromSeconds(1), Day)
            ?? (Interval < Wait ? Fault.Of(nameof(Interval), Interval, $"Set it to wait ({Wait}) or more, or a second message comes before the first.") : null),
        SettingRules.Between(nameof(RepeatInterval), RepeatInterval, TimeSpan.FromMinutes(1), 30 * Day)
            ?? (RepeatInterval < Interval ? Fault.Of(nameof(RepeatInterval), RepeatInterval, $"Set it to interval ({Interval}) or more.") : null));
}
