using Mcp.Monitoring.Metrics;
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

    public override string ToPromQL(PromQLFormat format)
    {
        format.Recorded?.BurnWindows.Add(format.Widened(Window));
        return PromQL.Aggregate("max", format.By, $"{Name(format, Window)}{{kind=\"{SloGauges.Label(Kind)}\"}}");
    }

    /// <summary>Gets the name that Prometheus records it under: the gauges of the process are of one process only.</summary>
    public static string Name(PromQLFormat format, TimeSpan window) => $"job_mcp_service_slo:{format.Metric(MetricNames.SloBurnRate.Name)}:rate{format.Window(window)}";

    protected override double Of(IObjective objective) => objective.BurnRate(Window);
}

/// <summary>Whether a window has as many calls, and bad ones, as an objective asks for.</summary>
internal sealed class BurnIsFounded(SloKind kind, TimeSpan window) : ObjectiveExpression(kind, window)
{
    private const string Calls = "calls", BadCalls = "bad_calls";

    public override string ToPromQL(PromQLFormat format)
    {
        format.Recorded?.CallWindows.Add(format.Widened(Window));
        SloDefinition[] objectives = [.. format.Objectives.Where(slo => slo.Indicator.Kind == Kind)];
        bool isAlike = objectives.DistinctBy(slo => (slo.MinimumCalls, slo.MinimumFailures)).Count() == 1;
        return PromQL.Aggregate("group", format.By, string.Join(" or ", isAlike ? [Founded(objectives[0])] : objectives.Select(slo => Founded(slo, LabelMatcher.Equal(BurnRate.By[0], slo.Name)))));

        string Founded(SloDefinition slo, params LabelMatcher[] matchers)
        {
            LabelMatcher[] of = [LabelMatcher.Equal("kind", SloGauges.Label(Kind)), .. matchers];
            return $"{new Selector(CallsName(format, Window), of)} >= {slo.MinimumCalls} and {new Selector(BadCallsName(format, Window), of)} >= {slo.MinimumFailures}";
        }
    }

    /// <summary>Gets the name that Prometheus records the number of calls under.</summary>
    public static string CallsName(PromQLFormat format, TimeSpan window) => Name(format, Calls, window);

    /// <summary>Gets the name that Prometheus records the number of bad calls under.</summary>
    public static string BadCallsName(PromQLFormat format, TimeSpan window) => Name(format, BadCalls, window);

    private static string Name(PromQLFormat format, string what, TimeSpan window) => $"job_mcp_service_slo:{format.Prefix}_slo_{what}:increase{format.Window(window)}";

    protected override double Of(IObjective objective)
    {
        (double calls, double bad) = objective.Events(Window);
        return calls >= objective.MinimumCalls && bad >= objective.MinimumFailures ? 1 : 0;
    }
}
