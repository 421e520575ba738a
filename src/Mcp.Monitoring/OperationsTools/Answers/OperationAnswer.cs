using System.ComponentModel;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>An operation in a list.</summary>
internal sealed record OperationAnswer
{
    [Description("tools, resources, prompts, function, protocol or completion.")]
    public string? Type { get; init; }

    public string? Name { get; init; }

    [Description("Who looks after it.")]
    public string? Owner { get; init; }

    public required CallsAnswer LastHour { get; init; }

    [Description("Whether it fails now: a server error within 5 minutes and no success after it.")]
    public required bool Failing { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    [Description("The limit of its p95, in seconds.")]
    public required double LatencyTargetSeconds { get; init; }

    [Description("Share of the error budget that is left, below 0 where more was spent.")]
    public double? BudgetRemaining { get; init; }

    public OperationText? Untrusted { get; init; }

    public static OperationAnswer Of(OperationView view) => new()
    {
        Type = Plain.Name(view.Type),
        Name = Plain.Name(view.Name),
        Owner = Plain.Name(view.Owner),
        LastHour = CallsAnswer.Of(view.LastHour),
        Failing = view.IsFailing,
        LastSuccess = view.LastSuccess,
        LastFailure = view.LastFailure,
        LatencyTargetSeconds = Values.Rounded(view.LatencyTarget) ?? 0,
        BudgetRemaining = Values.Rounded(view.BudgetRemaining),
        Untrusted = new OperationText(Plain.NoName(view.Name), Plain.NoName(view.Owner)),
    };
}

/// <summary>A name and an owner that do not read as such.</summary>
internal sealed record OperationText(string? Name, string? Owner);

/// <summary>What <c>list_operations</c> answers.</summary>
internal sealed record OperationsAnswer
{
    [Description("What hurts most first.")]
    public required IReadOnlyList<OperationAnswer> Operations { get; init; }

    [Description("How many there are, listed or not.")]
    public required int Total { get; init; }
}
