using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The seconds since the start of the process.</summary>
internal sealed record Uptime : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new UptimeNode(labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => $"(time() - {Aggregated("max", by, "mcp_start_time_seconds")})";
}
