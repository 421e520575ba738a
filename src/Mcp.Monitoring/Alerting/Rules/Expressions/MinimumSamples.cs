using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>A condition of which, where it does not hold, nothing can be said: a minimum of calls.</summary>
internal sealed record MinimumSamples(Expression Condition) : Expression
{
    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new MinimumSamplesNode(builder.Build(Condition, labelSets), labelSets);

    public override bool IsOfProcess => Condition.IsOfProcess;

    public override string ToPromQL(IReadOnlyList<string> by) => Condition.ToPromQL(by);
}

/// <summary>What is absent is 0.</summary>
internal sealed record OrZero(Expression Value) : Expression
{
    public override TimeSpan Lookback => Value.Lookback;

    public override bool IsIntensity => Value.IsIntensity;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets) => new OrZeroNode(builder.Build(Value, labelSets), labelSets);

    public override bool IsZeroWhereAbsent => true;

    // Prometheus knows no combination of labels of which there is no series: what is calculated of it says what comes out there.
    public override string ToPromQL(IReadOnlyList<string> by) => by.Count == 0 ? $"({Value.ToPromQL(by)} or vector(0))" : Value.ToPromQL(by);
}
