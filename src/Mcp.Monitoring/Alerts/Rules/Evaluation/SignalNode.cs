using Mcp.Monitoring.Alerts.Rules.Inputs;

namespace Mcp.Monitoring.Alerts.Rules.Evaluation;

/// <summary>What the process says of itself; what nobody speaks of is 0.</summary>
internal sealed class SignalNode(string name, Frame frame) : Node(frame)
{
    public override void Discover(EvaluationContext context)
    {
        foreach (StateSignal signal in context.Signals.Of(name))
        {
            Frame.IndexOf(signal.Labels);
        }
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Clear();
        foreach (StateSignal signal in context.Signals.Of(name))
        {
            if (Frame.IndexOf(signal.Labels) is >= 0 and var index && index < results.Length)
            {
                results[index] = Math.Max(results[index], signal.Value);
            }
        }
    }
}
