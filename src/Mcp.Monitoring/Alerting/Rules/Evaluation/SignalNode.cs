using Mcp.Monitoring.Alerting.Rules.Inputs;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>What the process says of itself; what nobody speaks of is 0.</summary>
internal sealed class SignalNode(string name, LabelSetIndex labelSets) : Node(labelSets)
{
    private IReadOnlyList<StateSignal> _said = [];

    public override void Discover(EvaluationContext context)
    {
        _said = context.Signals.Of(name);
        for (int i = 0; i < _said.Count; i++)
        {
            LabelSets.IndexOf(_said[i].Labels);
        }
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
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
