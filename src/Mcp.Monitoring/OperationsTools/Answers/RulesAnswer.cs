using System.ComponentModel;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>list_alert_rules</c> answers.</summary>
internal sealed record RulesAnswer
{
    public required IReadOnlyList<RuleAnswer> Rules { get; init; }

    [Description("How many there are, listed or not.")]
    public required int Total { get; init; }
}

/// <summary>A rule.</summary>
internal sealed record RuleAnswer
{
    public string? Name { get; init; }

    [Description("ok, pending, firing, no_data, disabled or failing (its evaluation fails).")]
    public string? State { get; init; }

    [Description("The labels of which each combination is an alert of its own.")]
    public required IReadOnlyList<string> By { get; init; }

    [Description("How many alerts it has now.")]
    public required int Active { get; init; }

    public required IReadOnlyList<RuleLevelAnswer> Levels { get; init; }

    public RuleText? Untrusted { get; init; }

    /// <param name="view">The rule.</param>
    /// <param name="isWhole">Whether its conditions are told, which are long.</param>
    public static RuleAnswer Of(RuleView view, bool isWhole) => new()
    {
        Name = Plain.Name(view.Name),
        State = Plain.Name(view.State),
        By = [.. view.By.Select(Plain.Name).OfType<string>()],
        Active = view.Active,
        Levels = [.. view.Levels.Select(level => RuleLevelAnswer.Of(level, isWhole))],
        Untrusted = new RuleText(Plain.NoName(view.Name), view.Problem),
    };
}

/// <summary>One severity of a rule.</summary>
internal sealed record RuleLevelAnswer
{
    public string? Severity { get; init; }

    [Description("The worst value now, in unit.")]
    public double? Value { get; init; }

    public double? Limit { get; init; }

    [Description("number, count, share (0 to 1) or seconds.")]
    public string? Unit { get; init; }

    [Description("For how long it must hold to fire.")]
    public required double ForSeconds { get; init; }

    [Description("In how many seconds it fires if it goes on; only while it is pending.")]
    public double? FiresInSeconds { get; init; }

    public ConditionText? Untrusted { get; init; }

    public static RuleLevelAnswer Of(RuleLevelView view, bool isWhole) => new()
    {
        Severity = Plain.Name(view.Severity),
        Value = Values.Rounded(view.Value),
        Limit = Values.Rounded(view.Limit),
        Unit = Plain.Name(view.Unit),
        ForSeconds = Values.Rounded(view.For) ?? 0,
        FiresInSeconds = Values.Rounded(view.FiresIn),
        Untrusted = isWhole ? new ConditionText(view.Condition) : null,
    };
}

/// <summary>Why a rule is not evaluated, and a name that does not read as one.</summary>
internal sealed record RuleText(string? Name, string? Problem);

/// <summary>A condition in PromQL, which settings have a part in.</summary>
internal sealed record ConditionText(string? Condition);
