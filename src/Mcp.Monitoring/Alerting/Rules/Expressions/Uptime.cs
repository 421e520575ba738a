namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The seconds since the start of the process.</summary>
internal sealed class Uptime : Expression
{
    protected override object Identity => typeof(Uptime);

    public override string ToPromQL(IReadOnlyList<string> by) => $"(time() - {PromQL.Aggregate("max", by, "mcp_start_time_seconds")})";

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results) => results.Fill(context.Now.TotalSeconds);
}
