namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>What the process knows of itself and is no metric; 0 where nobody says anything.</summary>
internal sealed class Signal(string name) : Expression
{
    private IReadOnlyList<StateSignal> _said = [];

    // Others count what goes on.
    public override bool IsIntensity => name == SignalNames.ThreadPoolQueue;

    // Nobody outside knows of it: there it is left out, and where it is part of a sum it is as where nobody says anything.
    public override bool IsOfProcess => true;

    protected override object Identity => name;

    public override void Discover(EvaluationContext context)
    {
        _said = context.Signals.Of(name);
        for (int i = 0; i < _said.Count; i++)
        {
            LabelSets.IndexOf(_said[i].Labels);
        }
    }

    public override string ToPromQL(PromQLFormat format) => "vector(0)";

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Clear();
        for (int i = 0; i < _said.Count; i++)
        {
            if (LabelSets.IndexOf(_said[i].Labels) is >= 0 and var index)
            {
                results[index] = Math.Max(results[index], _said[i].Value);
            }
        }
    }
}
