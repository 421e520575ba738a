using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <inheritdoc cref="Arithmetic"/>
internal sealed class ArithmeticNode(Node left, ArithmeticOperator arithmetic, Node right, LabelSetIndex labelSets) : Node(labelSets)
{
    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        ReadOnlySpan<double> first = left.Read(context);
        ReadOnlySpan<double> second = right.Read(context);
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
