namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition of which, where it does not hold, nothing can be said: a minimum of calls.</summary>
internal sealed class MinimumSamples(Expression condition) : Expression
{
    public Expression Condition => condition;

    public override bool IsOfProcess => condition.IsOfProcess;

    public override bool HasRelease => condition.HasRelease;

    protected override object Identity => condition;

    protected override IEnumerable<Expression> Inputs => [condition];

    public override string ToPromQL(PromQLFormat format) => condition.ToPromQL(format);

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> conditions = condition.Evaluate(context, holds);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = conditions[i] == 1 ? 1 : double.NaN;
        }
    }
}
