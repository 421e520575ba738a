namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A value that is 0 where it is absent.</summary>
internal sealed class OrZero(Expression value) : Expression
{
    public override TimeSpan Lookback => value.Lookback;

    public override ValueUnit Unit => value.Unit;

    public override string? Metric => value.Metric;

    public override bool IsIntensity => value.IsIntensity;

    public override bool IsZeroWhereAbsent => true;

    protected override object Identity => value;

    protected override IEnumerable<Expression> Inputs => [value];

    // Prometheus knows no label set of which there is no series: what is calculated of it says what comes out there.
    public override string ToPromQL(PromQLFormat format) => format.By.Count == 0 ? $"({value.ToPromQL(format)} or vector(0))" : value.ToPromQL(format);

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> values = value.Evaluate(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = double.IsNaN(values[i]) ? 0 : values[i];
        }
    }
}
