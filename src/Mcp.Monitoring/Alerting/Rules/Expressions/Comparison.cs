namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition: whether a value is beyond a limit.</summary>
/// <param name="left">The value.</param>
/// <param name="comparison">Beyond which side.</param>
/// <param name="right">The limit.</param>
/// <param name="release">The limit at which what fires ends, where that is another.</param>
internal sealed class Comparison(Expression left, RuleComparison comparison, Expression right, double? release = null) : Expression
{
    private readonly Number? _release = release is { } end ? new Number(end) : null;

    public override bool IsOfProcess => left.IsOfProcess;

    public override bool HasRelease => release is not null;

    /// <summary>Gets whether it holds for label sets of which there is no series.</summary>
    public bool HoldsWhereAbsent => left.IsZeroWhereAbsent && right is Number limit && (comparison == RuleComparison.AtMost ? limit.Value >= 0 : comparison == RuleComparison.Below && limit.Value > 0);

    protected override object Identity => (left, comparison, right, release);

    protected override IEnumerable<Expression> Inputs => _release is null ? [left, right] : [left, right, _release];

    // Failures in a row judge themselves.
    public override string ToPromQL(PromQLFormat format) =>
        left is FailureStreak ? left.ToPromQL(format)
        : _release is null || format.Firing is null ? Written(format, Sign(comparison), right)
        : $"({Written(format, Sign(comparison), right)} or {Written(format, ReleaseSign, _release)} and {format.IsFiring})";

    /// <summary>Writes where it does not hold, of the label sets of which there are series.</summary>
    public string Opposite(PromQLFormat format) => Written(format, Sign(comparison switch
    {
        RuleComparison.Above => RuleComparison.AtMost,
        RuleComparison.AtLeast => RuleComparison.Below,
        RuleComparison.Below => RuleComparison.AtLeast,
        _ => RuleComparison.Above,
    }), right);

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> values = left.Evaluate(context);
        ReadOnlySpan<double> limits = (holds ? _release! : right).Evaluate(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = double.IsNaN(values[i]) || double.IsNaN(limits[i]) ? double.NaN : IsBeyond(values[i], limits[i], holds) ? 1 : 0;
        }
    }

    // Between the two limits all stays as it is: at the limit of the end itself, it has come back.
    private bool IsBeyond(double value, double limit, bool holds) => comparison switch
    {
        RuleComparison.Above => value > limit,
        RuleComparison.AtLeast => holds ? value > limit : value >= limit,
        RuleComparison.Below => value < limit,
        _ => holds ? value < limit : value <= limit,
    };

    // What is 0 without a series need not be written where 0 is not beyond the limit.
    private string Written(PromQLFormat format, string sign, Expression limit) =>
        $"({left.ToPromQL(format with { NamesZeros = sign[0] != '>' || limit is Number { Value: < 0 } })} {sign} {limit.ToPromQL(format)})";

    // At the limit of the end itself, it has come back.
    private string ReleaseSign => comparison is RuleComparison.Above or RuleComparison.AtLeast ? ">" : "<";

    private static string Sign(RuleComparison comparison) => comparison switch
    {
        RuleComparison.Above => ">",
        RuleComparison.AtLeast => ">=",
        RuleComparison.Below => "<",
        _ => "<=",
    };
}
