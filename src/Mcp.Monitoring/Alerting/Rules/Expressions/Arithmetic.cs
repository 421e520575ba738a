namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What is calculated of two values; absent where one is.</summary>
internal sealed class Arithmetic(Expression left, ArithmeticOperator arithmetic, Expression right) : Expression
{
    public override TimeSpan Lookback => left.Lookback > right.Lookback ? left.Lookback : right.Lookback;

    public override bool IsIntensity => arithmetic == ArithmeticOperator.Divide || left.IsIntensity;

    public override ValueUnit Unit => arithmetic == ArithmeticOperator.Divide && right is not Number ? ValueUnit.Share : ValueUnit.Number;

    public override bool NeedsHistory => arithmetic == ArithmeticOperator.Divide || left.NeedsHistory || right.NeedsHistory;

    public override bool IsZeroWhereAbsent => left.IsZeroWhereAbsent && (arithmetic == ArithmeticOperator.Divide || right.IsZeroWhereAbsent);

    protected override object Identity => (left, arithmetic, right);

    protected override IEnumerable<Expression> Inputs => [left, right];

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
        if (arithmetic == ArithmeticOperator.Divide && left.Metric is { } metric && metric == right.Metric)
        {
            // A part of them: where all have no series, the part has none.
            return $"({(format.NamesZeros ? Filled(left, first, right, second) : first)} / {second})";
        }

        return $"({Filled(left, first, right, second)} {Sign} {Filled(right, second, left, first)})";

        // What is 0 without a series is so for each label set that the other side knows.
        string Filled(Expression one, string text, Expression other, string others) =>
            one.IsZeroWhereAbsent && format.By.Count > 0 && other is not Number ? $"({text} or 0 * {others})" : text;
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
}

internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Divide,
}
