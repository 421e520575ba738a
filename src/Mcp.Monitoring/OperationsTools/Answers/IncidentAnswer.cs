using System.ComponentModel;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>An incident in a list.</summary>
internal sealed record IncidentAnswer
{
    public required int Number { get; init; }

    [Description("critical, high, medium or low.")]
    public string? Severity { get; init; }

    [Description("triggered (nobody looks after it), acknowledged or resolved.")]
    public string? State { get; init; }

    [Description("When what it tells of began.")]
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    [Description("The rules whose alerts belong to it.")]
    public required IReadOnlyList<string> Rules { get; init; }

    [Description("The operation or dependency that is taken for the cause.")]
    public string? Cause { get; init; }

    public IncidentText? Untrusted { get; init; }

    public static IncidentAnswer Of(IncidentView view) => new()
    {
        Number = view.Number,
        Severity = Plain.Name(view.Severity),
        State = Plain.Name(view.State),
        Since = view.Since,
        OpenedAt = view.OpenedAt,
        AcknowledgedAt = view.AcknowledgedAt,
        ResolvedAt = view.ResolvedAt,
        Rules = [.. view.Alerts.Select(alert => Plain.Name(alert.Name)).OfType<string>().Distinct(StringComparer.Ordinal)],
        Cause = Plain.Name(view.Cause),
        Untrusted = new IncidentText
        {
            Title = view.Title,
            Summary = view.Summary,
            Cause = Plain.NoName(view.Cause),
            AcknowledgedBy = view.AcknowledgedBy,
            ResolvedBy = view.ResolvedBy,
        },
    };
}

/// <summary>What is told of an incident in words that others have a part in.</summary>
internal sealed record IncidentText
{
    public string? Title { get; init; }

    public string? Summary { get; init; }

    public string? Cause { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? ResolvedBy { get; init; }
}
