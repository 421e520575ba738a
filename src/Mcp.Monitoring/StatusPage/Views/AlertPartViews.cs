using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Makes what is shown of alerts and silences.</summary>
/// <param name="units">How people write the values of each rule.</param>
internal sealed class AlertPartViews(IReadOnlyDictionary<string, ValueUnit> units)
{
    public AlertView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Name = alert.Name,
        Severity = alert.Severity.Label(),
        State = alert.State.Label(),
        Summary = alert.Summary,
        Value = alert.Value,
        Limit = alert.Limit,
        Unit = Word(units.GetValueOrDefault(alert.Name)),
        StartedAt = alert.StartedAt,
        FiredAt = alert.FiredAt,
        ResolvedAt = alert.ResolvedAt,
        Labels = alert.Labels,
        IsSilenced = alert.IsSilenced,
        IsInhibited = alert.IsInhibited,
        Runbook = alert.Runbook,
    };

    public static SilenceView Of(Silence silence) => new(
        silence.Id, [.. silence.Matchers.Select(matcher => matcher.ToString())], silence.StartsAt, silence.EndsAt, silence.CreatedBy, silence.Comment);

    /// <summary>Writes a unit: <c>number</c>, <c>count</c>, <c>share</c>, <c>seconds</c>.</summary>
    public static string Word(ValueUnit unit) => unit switch
    {
        ValueUnit.Count => "count",
        ValueUnit.Share => "share",
        ValueUnit.Seconds => "seconds",
        _ => "number",
    };
}
