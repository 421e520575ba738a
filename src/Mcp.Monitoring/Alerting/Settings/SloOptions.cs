using System.Globalization;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting;

/// <summary>A service level objective over 30 days. Calls are those of tools, resources and prompts that came from clients.</summary>
public sealed class SloOptions : ISettings
{
    private const int LongestOperation = 255;
    private const double Least = 0.5;
    private const double Most = 0.99999;

    /// <summary>Gets or sets its name, the label <c>slo</c>.</summary>
    /// <value>Required; 1 to 64 of <c>a-z 0-9 _ -</c>.</value>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets what it is about.</summary>
    /// <value>The default is <see cref="SloKind.Availability"/>.</value>
    public SloKind Kind { get; set; }

    /// <summary>Gets or sets the share of calls that must be good.</summary>
    /// <value>The default is 0.995. Valid range: 0.5 to 0.99999.</value>
    public double Objective { get; set; } = 0.995;

    /// <summary>Gets or sets how long a good call takes at most, in milliseconds; it must be an edge of the latency histogram. For
    /// <see cref="SloKind.Latency"/> only.</summary>
    /// <value>The default is <see langword="null"/>: <c>response_time_threshold_ms</c>.</value>
    public double? ThresholdMs { get; set; }

    /// <summary>Gets or sets the one operation that it is about.</summary>
    /// <value>The default is <see langword="null"/>: all together.</value>
    public string? Operation { get; set; }

    /// <summary>Gets or sets how many calls the longer window must have for an alert.</summary>
    /// <value>The default is 50. Valid range: 1 to 1,000,000.</value>
    public int MinimumCalls { get; set; } = 50;

    /// <summary>Gets or sets how many bad calls the longer window must have for an alert.</summary>
    /// <value>The default is 5. Valid range: 1 to 1,000,000.</value>
    public int MinimumFailures { get; set; } = 5;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Text(nameof(Name), () => Name, value => Name = value ?? ""),
        Setting.Choice(nameof(Kind), () => Kind, value => Kind = value),
        Setting.Number(nameof(Objective), () => Objective, value => Objective = value),
        Setting.Number(nameof(ThresholdMs), () => ThresholdMs, value => ThresholdMs = value),
        Setting.Text(nameof(Operation), () => Operation, value => Operation = value),
        Setting.Integer(nameof(MinimumCalls), () => MinimumCalls, value => MinimumCalls = value),
        Setting.Integer(nameof(MinimumFailures), () => MinimumFailures, value => MinimumFailures = value),
    ];

    IEnumerable<Fault> ISettings.Check() => SettingRules.Faults(
        Objective is >= Least and <= Most && BurnCondition.All.FirstOrDefault(condition => !condition.IsReachable((decimal)Objective)) is { } tooFast
            ? new Fault(
                nameof(Objective),
                string.Create(CultureInfo.InvariantCulture, $"is {Objective}, of which even a full outage spends the budget less than {tooFast.Factor} times too fast"),
                "The alert of that speed never fires; the slower ones do.")
            { IsWarning = true }
            : null,
        Name.Length is < 1 or > 64 || !Name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '-')
            ? Fault.Of(nameof(Name), Name.Length == 0 ? null : Name, "Give it a name of 1 to 64 of a-z 0-9 _ -.")
            : null,
        Name.Length > 0 ? SettingRules.Text(nameof(Name), Name, int.MaxValue, "Give it a name that people understand.") : null,
        SettingRules.Between(nameof(Objective), Objective, Least, Most),
        SettingRules.Text(nameof(Operation), Operation, LongestOperation, "Name one operation, as the label operation has it, or leave it out for all together."),
        ThresholdMs is { } threshold
            ? Kind == SloKind.Availability
                ? Fault.Of(nameof(ThresholdMs), threshold, "Leave it out, or set kind: latency.")
                : SettingRules.Between(nameof(ThresholdMs), threshold, 1, 3_600_000, " milliseconds")
            : null,
        SettingRules.Between(nameof(MinimumCalls), MinimumCalls, 1, 1_000_000),
        SettingRules.Between(nameof(MinimumFailures), MinimumFailures, 1, 1_000_000));
}
