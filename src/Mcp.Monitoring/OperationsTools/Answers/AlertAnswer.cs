using System.ComponentModel;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>An alert.</summary>
internal sealed record AlertAnswer
{
    [Description("The rule, for list_alert_rules.")]
    public string? Rule { get; init; }

    public string? Severity { get; init; }

    [Description("pending, firing or resolved.")]
    public string? State { get; init; }

    [Description("What was judged, in unit.")]
    public double? Value { get; init; }

    [Description("What it is compared with, in unit.")]
    public double? Limit { get; init; }

    [Description("number, count, share (0 to 1) or seconds.")]
    public string? Unit { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FiredAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    [Description("Whether a silence keeps it from being told.")]
    public required bool Silenced { get; init; }

    [Description("Whether it is taken for the consequence of another.")]
    public required bool Inhibited { get; init; }

    public LabelsAnswer? Labels { get; init; }

    [Description("Where it says what to do.")]
    public string? Runbook { get; init; }

    public AlertText? Untrusted { get; init; }

    public static AlertAnswer Of(AlertView view) => new()
    {
        Rule = Plain.Name(view.Name),
        Severity = Plain.Name(view.Severity),
        State = Plain.Name(view.State),
        Value = Values.Rounded(view.Value),
        Limit = Values.Rounded(view.Limit),
        Unit = Plain.Name(view.Unit),
        StartedAt = view.StartedAt,
        FiredAt = view.FiredAt,
        ResolvedAt = view.ResolvedAt,
        Silenced = view.IsSilenced,
        Inhibited = view.IsInhibited,
        Labels = LabelsAnswer.Of(view.Labels, RuleCatalogue.Has(view.Name)),
        Runbook = Plain.Link(view.Runbook),
        Untrusted = new AlertText { Rule = Plain.NoName(view.Name), Summary = view.Summary, Labels = LabelsAnswer.Others(view.Labels, RuleCatalogue.Has(view.Name)) },
    };
}

/// <summary>What an alert says in words that others have a part in.</summary>
internal sealed record AlertText
{
    public string? Rule { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }
}
