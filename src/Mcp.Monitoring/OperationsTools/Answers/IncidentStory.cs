using System.ComponentModel;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What <c>explain_incident</c> answers.</summary>
internal sealed record IncidentStory
{
    public required IncidentAnswer Incident { get; init; }

    public required IReadOnlyList<AlertAnswer> Alerts { get; init; }

    [Description("Which channel was told what, and when.")]
    public required IReadOnlyList<ToldAnswer> Told { get; init; }

    public required IReadOnlyList<TimelineAnswer> Timeline { get; init; }

    [Description("Where it says what to do.")]
    public string? Runbook { get; init; }

    public StoryText? Untrusted { get; init; }

    public static IncidentStory Of(IncidentView view) => new()
    {
        Incident = IncidentAnswer.Of(view),
        Alerts = [.. view.Alerts.Select(AlertAnswer.Of)],
        Told = [.. view.Told.Select(told => new ToldAnswer(told.At, Plain.Name(told.Channel), Plain.Name(told.Kind)))],
        Timeline = [.. view.Timeline.Select(entry => new TimelineAnswer(entry.At, new TimelineText(entry.What, entry.By)))],
        Runbook = Plain.Link(view.Runbook),
        Untrusted = new StoryText
        {
            Facts = view.Facts.Count == 0 ? null : view.Facts,
            CorrelationIds = view.CorrelationIds.Count == 0 ? null : view.CorrelationIds,
            Matchers = view.Matchers.Count == 0 ? null : view.Matchers,
        },
    };
}

/// <summary>Who was told.</summary>
internal sealed record ToldAnswer(DateTimeOffset At, string? Channel, string? Kind);

/// <summary>Something that happened; comments of people are part of it.</summary>
internal sealed record TimelineAnswer(DateTimeOffset At, TimelineText Untrusted);

/// <summary>What happened, and who did it.</summary>
internal sealed record TimelineText(string What, string? By);

/// <summary>What helps to find the cause: texts that others have a part in.</summary>
internal sealed record StoryText
{
    public IReadOnlyList<string>? Facts { get; init; }

    public IReadOnlyList<string>? CorrelationIds { get; init; }

    public IReadOnlyList<string>? Matchers { get; init; }
}
