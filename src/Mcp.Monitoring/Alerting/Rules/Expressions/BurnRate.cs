using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>Something of the objectives of a kind, over a window.</summary>
internal abstract class ObjectiveExpression(SloKind kind, TimeSpan window) : Expression
{
    private readonly List<(IObjective Objective, int Index)> _found = [];
    private IReadOnlyList<IObjective>? _seen;

    protected SloKind Kind => kind;

    protected TimeSpan Window => window;

    protected override object Identity => (kind, window);

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
                [BurnRate.By[0]] = objective.Name,
                [BurnRate.By[1]] = objective.OperationType,
                [BurnRate.By[2]] = objective.Operation,
            });
            if (index >= 0)
            {
                _found.Add((objective, index));
            }
        }
    }

    protected override void Evaluate(EvaluationContext context, bool holds, Span<double> results)
    {
        results.Fill(double.NaN);
        foreach ((IObjective objective, int index) in _found)
        {
            results[index] = Of(objective);
        }
    }

    protected abstract double Of(IObjective objective);
}

/// <summary>How many times faster than allowed the budgets of objectives are spent; absent without calls.</summary>
internal sealed class BurnRate(SloKind kind, TimeSpan window) : ObjectiveExpression(kind, window)
{
    /// <summary>The labels by which objectives are told apart.</summary>
    public static readonly string[] By = ["slo", AlertLabels.OperationType, AlertLabels.Operation];

    public override TimeSpan Lookback => Window;

    public override bool NeedsHistory => true;

    // Without the window, so that two can be compared.
    public override string ToPromQL(IReadOnlyList<string> by) => $"max by (slo) (mcp_slo_burn_rate{{kind=\"{SloGauges.Label(Kind)}\", window=\"{PromQL.Text(Window)}\"}})";

    protected override double Of(IObjective objective) => objective.BurnRate(Window);
}

/// <summary>Whether a window has as many calls, and bad ones, as an objective asks for.</summary>
internal sealed class BurnIsFounded(SloKind kind, TimeSpan window) : ObjectiveExpression(kind, window)
{
    // How many calls an objective had is no metric.
    public override bool IsOfProcess => true;

    public override string ToPromQL(IReadOnlyList<string> by) => "vector(1)";

    protected override double Of(IObjective objective)
    {
        (double calls, double bad) = objective.Events(Window);
        return calls >= objective.MinimumCalls && bad >= objective.MinimumFailures ? 1 : 0;
    }
}
