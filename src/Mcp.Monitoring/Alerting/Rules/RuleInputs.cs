using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>What rules are judged by.</summary>
internal sealed record RuleInputs
{
    public required ISeriesSource Series { get; init; }

    public required IObjectiveSource Objectives { get; init; }

    public IStateSignals? Signals { get; init; }

    public IRecentClients? Clients { get; init; }

    /// <summary>Gets what is known of an operation, by its type and name.</summary>
    public Func<string, string, OperationTraits> Traits { get; init; } = static (_, _) => OperationTraits.None;

    /// <summary>Gets the label <c>mcp_service</c>, where the option says so.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the language of messages, as it is now.</summary>
    public Func<AlertTexts> Texts { get; init; } = static () => AlertTexts.English;

    /// <summary>Gets how the time of an instant is written for people.</summary>
    public Func<DateTimeOffset, string> TimeText { get; init; } = static time => time.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
