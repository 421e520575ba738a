using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting;

/// <summary>A change to a rule of the catalogue, where the name is that of one, or else a rule of your own. What is not set stays as the catalogue has it.</summary>
public sealed class AlertRuleOptions : ISettings
{
    private const double Most = 1_000_000_000;

    /// <summary>Gets or sets its name, the label <c>alertname</c>.</summary>
    /// <value>Required; 1 to 128 of <c>a-z A-Z 0-9 _</c>, not beginning with a digit.</value>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets whether it is evaluated.</summary>
    /// <value>The default is that of the catalogue; a rule of your own is.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets how much it matters.</summary>
    /// <value>The default is that of the catalogue; for a rule of your own <see cref="AlertSeverity.Medium"/>.</value>
    public AlertSeverity? Severity { get; set; }

    /// <summary>Gets or sets the metric of a rule of your own, by its name at <c>/metrics</c>, those of bridged meters too; a histogram without <c>_bucket</c>.</summary>
    public string? Metric { get; set; }

    /// <summary>Gets or sets which of its series are taken, as matchers: <c>outcome="server_error"</c>, with <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    public IList<string> Labels { get; set; } = [];

    /// <summary>Gets or sets by which labels the series are added up; each combination is an alert of its own.</summary>
    /// <value>The default is an empty list: all are one.</value>
    public IList<string> By { get; set; } = [];

    /// <summary>Gets or sets what is made of them.</summary>
    /// <value>The default is <see cref="RuleFunction.Value"/>.</value>
    public RuleFunction? Function { get; set; }

    /// <summary>Gets or sets, for <see cref="RuleFunction.Ratio"/>, which series of the metric are the whole.</summary>
    /// <value>The default is an empty list: all.</value>
    public IList<string> Of { get; set; } = [];

    /// <summary>Gets or sets, for <see cref="RuleFunction.Quantile"/>, which.</summary>
    /// <value>For a rule of your own 0.95. Valid range: 0 to 1.</value>
    public double? Quantile { get; set; }

    /// <summary>Gets or sets, for <see cref="RuleFunction.FractionBelow"/>, the limit: an edge of the histogram.</summary>
    public TimeSpan? Below { get; set; }

    /// <summary>Gets or sets over which time it is looked at.</summary>
    /// <value>The default is that of the catalogue; for a rule of your own 5 minutes. Valid range: 10 seconds to 1 day, at least four samples; of quantiles, fractions and
    /// metrics of other meters to 1 hour.</value>
    public TimeSpan? Window { get; set; }

    /// <summary>Gets or sets how the value is compared.</summary>
    /// <value>For a rule of your own <see cref="RuleComparison.Above"/>.</value>
    public RuleComparison? Comparison { get; set; }

    /// <summary>Gets or sets what it is compared with.</summary>
    public double? Threshold { get; set; }

    /// <summary>Gets or sets what the value must come back to for the end of the alert; between it and the threshold all stays as it is.</summary>
    /// <value>The default is the threshold.</value>
    public double? Resolve { get; set; }

    /// <summary>Gets or sets how long the condition must hold.</summary>
    /// <value>The default is that of the catalogue; for a rule of your own 2 minutes. Valid range: 0 to 1 day.</value>
    public TimeSpan? For { get; set; }

    /// <summary>Gets or sets how long an alert still fires after its condition no longer holds.</summary>
    /// <value>The default is that of the catalogue; for a rule of your own 5 minutes. Valid range: 0 to 1 day.</value>
    public TimeSpan? KeepFiringFor { get; set; }

    /// <summary>Gets or sets how many calls the window must have.</summary>
    public double? MinimumCalls { get; set; }

    /// <summary>Gets or sets how many failures the window must have.</summary>
    public double? MinimumFailures { get; set; }

    /// <summary>Gets or sets what is said of it; <c>{value}</c>, <c>{threshold}</c>, <c>{alertname}</c>, <c>{mcp_service}</c> and, by their names, the labels of <see cref="By"/> are
    /// replaced. Braces stand for nothing else.</summary>
    /// <value>The default is that of the catalogue, or names metric, value and limit. 1 to 1,000 characters.</value>
    public string? Summary { get; set; }

    /// <summary>Gets or sets where it says what to do: an absolute http or https URL.</summary>
    public string? Runbook { get; set; }

    /// <summary>Gets or sets what happens to an alert whose value is absent.</summary>
    /// <value>The default is that of the catalogue; for a rule of your own <see cref="NoDataMode.KeepLast"/>.</value>
    public NoDataMode? NoData { get; set; }

    /// <summary>Gets or sets after which time without data a firing alert is over; with <see cref="NoDataMode.KeepLast"/> only.</summary>
    /// <value>The default is 1 hour. Valid range: 1 minute to 7 days.</value>
    public TimeSpan? NoDataResolveAfter { get; set; }

    /// <summary>Gets or sets how many alerts it may have at once.</summary>
    /// <value>The default is 200. Valid range: 1 to 5,000.</value>
    public int? MaxInstances { get; set; }

    /// <summary>Gets or sets after which time it is told again while it goes on.</summary>
    /// <value>The default is that of the grouping. Valid range: 1 minute to 30 days.</value>
    public TimeSpan? Repeat { get; set; }

    /// <summary>Gets or sets whether it is told without sound.</summary>
    public bool? Silent { get; set; }

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Text(nameof(Name), () => Name, value => Name = value ?? ""),
        Setting.Flag(nameof(Enabled), () => Enabled, value => Enabled = value),
        Setting.Choice(nameof(Severity), () => Severity, value => Severity = value),
        Setting.Text(nameof(Metric), () => Metric, value => Metric = value),
        Setting.List(nameof(Labels), () => Labels, value => Labels = value),
        Setting.List(nameof(By), () => By, value => By = value),
        Setting.Choice(nameof(Function), () => Function, value => Function = value),
        Setting.List(nameof(Of), () => Of, value => Of = value),
        Setting.Number(nameof(Quantile), () => Quantile, value => Quantile = value),
        Setting.Duration(nameof(Below), () => Below, value => Below = value),
        Setting.Duration(nameof(Window), () => Window, value => Window = value),
        Setting.Choice(nameof(Comparison), () => Comparison, value => Comparison = value),
        Setting.Number(nameof(Threshold), () => Threshold, value => Threshold = value),
        Setting.Number(nameof(Resolve), () => Resolve, value => Resolve = value),
        Setting.Duration(nameof(For), () => For, value => For = value),
        Setting.Duration(nameof(KeepFiringFor), () => KeepFiringFor, value => KeepFiringFor = value),
        Setting.Number(nameof(MinimumCalls), () => MinimumCalls, value => MinimumCalls = value),
        Setting.Number(nameof(MinimumFailures), () => MinimumFailures, value => MinimumFailures = value),
        Setting.Text(nameof(Summary), () => Summary, value => Summary = value),
        Setting.Text(nameof(Runbook), () => Runbook, value => Runbook = value),
        Setting.Choice(nameof(NoData), () => NoData, value => NoData = value),
        Setting.Duration(nameof(NoDataResolveAfter), () => NoDataResolveAfter, value => NoDataResolveAfter = value),
        Setting.Integer(nameof(MaxInstances), () => MaxInstances, value => MaxInstances = value),
        Setting.Duration(nameof(Repeat), () => Repeat, value => Repeat = value),
        Setting.Flag(nameof(Silent), () => Silent, value => Silent = value),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. SettingRules.Faults(
            AlertNames.Check(nameof(Name), Name),
            Quantile is { } quantile ? SettingRules.Between(nameof(Quantile), quantile, 0, 1) : null,
            SettingRules.Between(nameof(Window), Window, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)),
            Threshold is { } threshold ? SettingRules.Between(nameof(Threshold), threshold, -Most, Most) : null,
            Resolve is { } resolve ? SettingRules.Between(nameof(Resolve), resolve, -Most, Most) : null,
            SettingRules.Between(nameof(For), For, TimeSpan.Zero, TimeSpan.FromDays(1)),
            SettingRules.Between(nameof(KeepFiringFor), KeepFiringFor, TimeSpan.Zero, TimeSpan.FromDays(1)),
            MinimumCalls is { } calls ? SettingRules.Between(nameof(MinimumCalls), calls, 0, Most) : null,
            MinimumFailures is { } failures ? SettingRules.Between(nameof(MinimumFailures), failures, 0, Most) : null,
            SettingRules.Between(nameof(NoDataResolveAfter), NoDataResolveAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
            MaxInstances is { } instances ? SettingRules.Between(nameof(MaxInstances), instances, 1, 5_000) : null,
            SettingRules.Between(nameof(Repeat), Repeat, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
            Runbook is not null && (!AlertNames.IsLink(Runbook) || Placeholder.IsText(Runbook)) ? Fault.Of(nameof(Runbook), Runbook, "Write an absolute http or https URL.") : null),
        .. Matchers.Check(nameof(Labels), Labels),
        .. Matchers.Check(nameof(Of), Of),
    ];
}
