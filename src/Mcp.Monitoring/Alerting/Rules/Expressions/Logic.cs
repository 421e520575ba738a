namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition of two: one of the decisive value decides, else one of which nothing can be said leaves it open.</summary>
internal abstract class Logic(Expression left, Expression right, double decisive) : Expression
{
    public override bool HasRelease => left.HasRelease || right.HasRelease;

    protected Expression Left => left;

    protected Expression Right => right;

    protected override object Identity => (left, right);

    protected override IEnumerable<Expression> Inputs => [left, right];

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> first = left.Evaluate(context, holds);
        ReadOnlySpan<double> second = right.Evaluate(context, holds);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = first[i] == decisive || second[i] == decisive ? decisive : first[i] + second[i] is var sum && double.IsNaN(sum) ? double.NaN : 1 - decisive;
        }
    }
}

/// <summary>A condition: two hold. One that does not is an answer, whatever is to be said of the other.</summary>
internal sealed class And(Expression left, Expression right) : Logic(left, right, decisive: 0)
{
    public override bool IsOfProcess => Left.IsOfProcess && Right.IsOfProcess;

    // What holds for label sets without series is written as what must not hold for those with series.
    public override string ToPromQL(PromQLFormat format) =>
        Right.IsOfProcess ? Left.ToPromQL(format)
        : Left.IsOfProcess ? Right.ToPromQL(format)
        : Right is MinimumSamples && format.IsFiringAlready ? Left.ToPromQL(format)
        : Right is MinimumSamples minimum ? $"({Left.ToPromQL(format)} and {format.OrFiring(minimum.ToPromQL(format))})"
        : format.By.Count > 0 && Right is Comparison { HoldsWhereAbsent: true } absent ? $"({Left.ToPromQL(format)} unless {absent.Opposite(format)})"
        : $"({Left.ToPromQL(format)} and {Right.ToPromQL(format)})";
}

/// <summary>A condition: one of two holds.</summary>
internal sealed class Or(Expression left, Expression right) : Logic(left, right, decisive: 1)
{
    public override string ToPromQL(PromQLFormat format) => $"({Left.ToPromQL(format)} or {Right.ToPromQL(format)})";
}
