using System.ComponentModel;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>What an acting tool answers.</summary>
internal sealed record ActionAnswer
{
    public required int Incident { get; init; }

    [Description("acknowledged, silenced or resolved.")]
    public required string Done { get; init; }

    [Description("Until when a silence holds.")]
    public DateTimeOffset? Until { get; init; }

    [Description("The id of a silence, by which a person can end it on the status page.")]
    public string? Silence { get; init; }
}

/// <summary>What <c>list_incidents</c> answers.</summary>
internal sealed record IncidentsAnswer
{
    [Description("Those that go on, the worst first, then those that are over, the newest first.")]
    public required IReadOnlyList<IncidentAnswer> Incidents { get; init; }
}

/// <summary>Why a call was not done.</summary>
internal sealed record ErrorText(string Error, AskedText? Untrusted);

/// <summary>What was asked for.</summary>
internal sealed record AskedText(string? Asked);
