using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What can be read of the engine; only on its thread, while it asks for it.</summary>
internal sealed class EngineReading(AlertClock clock, ISeriesSource series, IReadOnlyList<Objective> objectives, IReadOnlyList<ChannelStatus> channels, AlertSnapshot alerts, RuleEvaluator? rules)
{
    public AlertClock Clock => clock;

    /// <summary>Gets the samples of all series.</summary>
    public ISeriesSource Series => series;

    public IReadOnlyList<Objective> Objectives => objectives;

    public IReadOnlyList<ChannelStatus> Channels => channels;

    public AlertSnapshot Alerts => alerts;

    /// <summary>Gets how the rules stood at the last evaluation.</summary>
    public IReadOnlyList<RuleReading> Rules => rules?.Read() ?? [];

    /// <summary>Calculates what a rule judges, its first level, once and beside all that is evaluated.</summary>
    /// <returns>The values; <see langword="null"/> where alerts are switched off.</returns>
    public IReadOnlyList<QueriedValue>? Query(AlertRule rule) => rules?.Query(rule);
}
