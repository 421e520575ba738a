namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>The seconds since the start of the process.</summary>
internal sealed class UptimeNode(LabelSetIndex labelSets) : Node(labelSets)
{
    protected override void Compute(EvaluationContext context, bool holds, Span<double> results) => results.Fill(context.Now.TotalSeconds);
}
