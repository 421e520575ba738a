using Mcp.Monitoring.Alerting.Rules.Inputs;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>How fast the budgets of objectives are spent, or whether there is enough to say so.</summary>
internal sealed class BurnRateNode(SloKind kind, TimeSpan window, bool isEnough, LabelSetIndex labelSets) : Node(labelSets)
{
    /// <summary>The labels by which objectives are told apart.</summary>
    public static readonly string[] By = ["slo", AlertLabels.OperationType, AlertLabels.Operation];

    private readonly List<(IObjective Objective, int Index)> _found = [];
    private IReadOnlyList<IObjective>? _seen;

    public override void Discover(EvaluationContext context)
    {
        if (ReferenceEquals(_seen, context.Objectives.Objectives))
        {
            return;
        }

        _seen = context.Objectives.Objectives;
        _found.Clear();
        foreach (IObjective objective in _seen.Where(objective => objective.Kind == kind))
        {
            int index = LabelSets.IndexOf(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [By[0]] = objective.Name,
                [By[1]] = objective.OperationType,
                [By[2]] = objective.Operation,
            });
            if (index >= 0)
            {
                _found.Add((objective, index));
            }
        }
    }

    protected override void Compute(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        foreach ((IObjective objective, int index) in _found)
        {
            results[index] = isEnough ? IsFounded(objective) : objective.BurnRate(window);
        }
    }

    private double IsFounded(IObjective objective)
    {
        (double calls, double bad) = objective.Events(window);
        return calls >= objective.MinimumCalls && bad >= objective.MinimumFailures ? 1 : 0;
    }
}
