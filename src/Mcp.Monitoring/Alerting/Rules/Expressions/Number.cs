namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The same number for each label set.</summary>
internal sealed class Number(double value) : Expression
{
    public double Value => value;

    protected override object Identity => value;

    public override string ToPromQL(PromQLFormat format) => PromQL.Text(value);

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results) => results.Fill(value);
}
