using System.ComponentModel;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>get_slo</c> answers.</summary>
internal sealed record ObjectivesAnswer
{
    [Description("Objectives over 30 days.")]
    public required IReadOnlyList<ObjectiveAnswer> Objectives { get; init; }
}

/// <summary>An objective.</summary>
internal sealed record ObjectiveAnswer
{
    public string? Name { get; init; }

    [Description("availability or latency.")]
    public string? Kind { get; init; }

    [Description("The share of calls that should be good, 0 to 1.")]
    public required double Target { get; init; }

    [Description("The limit of an objective of latency, in seconds.")]
    public double? ThresholdSeconds { get; init; }

    [Description("The operation that it is of; absent for all.")]
    public string? Operation { get; init; }

    [Description("Share of the error budget that is left, below 0 where more was spent; absent without calls.")]
    public double? BudgetRemaining { get; init; }

    [Description("How many times faster than allowed the budget is spent, in the last hour.")]
    public double? BurnLastHour { get; init; }

    [Description("The same in the last 6 hours.")]
    public double? BurnLast6Hours { get; init; }

    public required double Calls { get; init; }

    public required double Bad { get; init; }

    public ObjectiveText? Untrusted { get; init; }

    public static ObjectiveAnswer Of(ObjectiveView view) => new()
    {
        Name = Plain.Name(view.Name),
        Kind = Plain.Name(view.Kind),
        Target = view.Target,
        ThresholdSeconds = Values.Rounded(view.Threshold),
        Operation = Plain.Name(view.Operation),
        BudgetRemaining = Values.Rounded(view.BudgetRemaining),
        BurnLastHour = Values.Rounded(view.BurnHour),
        BurnLast6Hours = Values.Rounded(view.BurnSixHours),
        Calls = Values.Rounded(view.Calls) ?? 0,
        Bad = Values.Rounded(view.Bad) ?? 0,
        Untrusted = new ObjectiveText(Plain.NoName(view.Name), Plain.NoName(view.Operation)),
    };
}

/// <summary>Names that do not read as such.</summary>
internal sealed record ObjectiveText(string? Name, string? Operation);
