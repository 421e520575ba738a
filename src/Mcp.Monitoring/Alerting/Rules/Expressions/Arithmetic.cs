namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What is calculated of two values; absent where one is.</summary>
internal sealed class Arithmetic(Expression left, ArithmeticOperator arithmetic, Expression right) : Expression
{
    public override TimeSpan Lookback => left.Lookback > right.Lookback ? left.Lookback : right.Lookback;

    public override bool IsIntensity => IsShare || left.IsIntensity;

    public override ValueUnit Unit => IsShare && right is not Number ? ValueUnit.Share : ValueUnit.Number;

    public override bool NeedsHistory => IsShare || left.NeedsHistory || right.NeedsHistory;

    public override bool IsZeroWhereAbsent => left.IsZeroWhereAbsent && (IsShare || right.IsZeroWhereAbsent);

    protected override object Identity => (left, arithmetic, right);

    protected override IEnumerable<Expression> Inputs => [left, right];

    private bool IsShare => arithmetic == ArithmeticOperator.Divide;

    // Where all have no series, a part of them has none.
    private bool IsPart => MetricsOf(left).All(metric => metric is not null && MetricsOf(right).Contains(metric, StringComparer.Ordinal));

    private IEnumerable<string?> Metrics => [.. MetricsOf(left), .. MetricsOf(right)];

    private char Sign => arithmetic switch
    {
        ArithmeticOperator.Add => '+',
        ArithmeticOperator.Subtract => '-',
        _ => '/',
    };

    public override string ToPromQL(PromQLFormat format)
    {
        if (right.IsOfProcess)
        {
            return left.ToPromQL(format);
        }

        PromQLFormat inputs = format with { NamesZeros = true };
        string first = left.ToPromQL(inputs), second = right.ToPromQL(inputs);
        string both = $"({first} {Sign} {second})";
        if (format.By.Count == 0)
        {
            return both;
        }

        // What is 0 without a series is so for each label set that the other side knows.
        string[] all = [both, .. WithoutLeft(format, second), .. WithoutRight(first)];
        return all.Length == 1 ? both : $"({string.Join(" or ", all)})";
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> first = left.Evaluate(context);
        ReadOnlySpan<double> second = right.Evaluate(context);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = arithmetic switch
            {
                ArithmeticOperator.Add => first[i] + second[i],
                ArithmeticOperator.Subtract => first[i] - second[i],
                _ => first[i] / second[i],
            };
        }
    }

    private IEnumerable<string> WithoutLeft(PromQLFormat format, string second) =>
        !left.IsZeroWhereAbsent || right is Number || (IsShare && !format.NamesZeros) ? []
        : arithmetic == ArithmeticOperator.Add ? [second]
        : [$"(0 {Sign} {second})"];

    private IEnumerable<string> WithoutRight(string first) =>
        !right.IsZeroWhereAbsent || left is Number || (IsShare && IsPart) ? []
        : IsShare ? [$"({first} / 0)"]
        : [first];

    private static IEnumerable<string?> MetricsOf(Expression side) => side is Arithmetic calculated ? calculated.Metrics : [side.Metric];
}

internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Divide,
}
