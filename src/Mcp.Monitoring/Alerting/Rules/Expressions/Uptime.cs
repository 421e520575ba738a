namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The seconds since the start of the process.</summary>
internal sealed class Uptime : Expression
{
    protected override object Identity => typeof(Uptime);

    public override string ToPromQL(PromQLFormat format) => $"(time() - {PromQL.Aggregate("max", format.By, format.Last(format.Metric(Metrics.MetricNames.StartTime.Name)))})";

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results) => results.Fill(context.Now.TotalSeconds);
}
