using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What is calculated of two values; absent where one is.</summary>
internal sealed record Arithmetic(Expression Left, ArithmeticOperator Operator, Expression Right) : Expression
{
    public override TimeSpan Lookback => Left.Lookback > Right.Lookback ? Left.Lookback : Right.Lookback;

    public override bool IsIntensity => Operator == ArithmeticOperator.Divide || Left.IsIntensity;

    public override bool NeedsHistory => Operator == ArithmeticOperator.Divide || Left.NeedsHistory || Right.NeedsHistory;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new ArithmeticNode(builder.Build(Left, labelSets), Operator, builder.Build(Right, labelSets), labelSets);

    public override string ToPromQL(IReadOnlyList<string> by) => $"({Left.ToPromQL(by)} {Sign} {Right.ToPromQL(by)})";

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
