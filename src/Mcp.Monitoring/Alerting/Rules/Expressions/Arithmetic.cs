using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What is calculated of two values; absent where one is.</summary>
internal sealed record Arithmetic(Expression Left, ArithmeticOperator Operator, Expression Right) : Expression
{
    public override TimeSpan Lookback => Left.Lookback > Right.Lookback ? Left.Lookback : Right.Lookback;

    public override bool IsIntensity => Operator == ArithmeticOperator.Divide || Left.IsIntensity;

    public override bool NeedsHistory => Operator == ArithmeticOperator.Divide || Left.NeedsHistory || Right.NeedsHistory;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new ArithmeticNode(builder.Build(Left, labelSets), Operator, builder.Build(Right, labelSets), labelSets);

    public override bool IsZeroWhereAbsent => Left.IsZeroWhereAbsent && (Operator == ArithmeticOperator.Divide || Right.IsZeroWhereAbsent);

    public override string ToPromQL(IReadOnlyList<string> by)
    {
        string left = Left.ToPromQL(by), right = Right.ToPromQL(by);
        string both = $"({left} {Sign} {right})";
        string withoutLeft = !Left.IsZeroWhereAbsent || by.Count == 0 ? "" : Operator switch
        {
            ArithmeticOperator.Add => $" or {right}",
            ArithmeticOperator.Subtract => $" or (0 - {right})",
            _ => $" or (0 * {right} / {right})",
        };
        string withoutRight = !Right.IsZeroWhereAbsent || by.Count == 0 || Operator == ArithmeticOperator.Divide ? "" : $" or {left}";
        return withoutLeft.Length + withoutRight.Length == 0 ? both : $"({both}{withoutLeft}{withoutRight})";
    }

    private char Sign => Operator switch
    {
        ArithmeticOperator.Add => '+',
        ArithmeticOperator.Subtract => '-',
        _ => '/',
    };
}

internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Divide,
}
