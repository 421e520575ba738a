using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Slo;

/// <summary>Budgets and burn rates on the page: absent until an objective has events, and 0 where a window has none, for then nothing burns.</summary>
internal sealed class SloGauges(MetricsRegistry registry)
{
    private static readonly (string Label, TimeSpan Window)[] Windows =
    [
        ("5m", TimeSpan.FromMinutes(5)),
        ("30m", TimeSpan.FromMinutes(30)),
        ("1h", TimeSpan.FromHours(1)),
        ("2h", TimeSpan.FromHours(2)),
        ("6h", TimeSpan.FromHours(6)),
        ("1d", TimeSpan.FromDays(1)),
        ("3d", TimeSpan.FromDays(3)),
    ];

    private readonly GaugeFamily _budgets = registry.Gauge(MetricNames.SloBudgetRemaining);
    private readonly GaugeFamily _rates = registry.Gauge(MetricNames.SloBurnRate);
    private readonly Dictionary<(string Name, SloKind Kind), (Gauge Budget, Gauge[] Rates)> _shown = [];

    /// <summary>The label <c>kind</c> of burn rates.</summary>
    public static string Label(SloKind kind) => kind == SloKind.Latency ? "latency" : "availability";

    public void Set(IReadOnlyList<Objective> objectives)
    {
        for (int i = 0; i < objectives.Count; i++)
        {
            Objective objective = objectives[i];
            if (objective.BudgetRemaining is not { } left)
            {
                continue;
            }

            if (!_shown.TryGetValue((objective.Name, objective.Kind), out (Gauge Budget, Gauge[] Rates) gauges))
            {
                gauges = Show(objective);
            }

            gauges.Budget.Set(left);
            for (int w = 0; w < Windows.Length; w++)
            {
                gauges.Rates[w].Set(objective.BurnRate(Windows[w].Window) ?? 0);
            }
        }

        if (_shown.Count > objectives.Count)
        {
            Hide(objectives);
        }
    }

    private (Gauge Budget, Gauge[] Rates) Show(Objective objective)
    {
        (Gauge, Gauge[]) gauges = (_budgets.With(objective.Name), [.. Windows.Select(window => _rates.With(objective.Name, Label(objective.Kind), window.Label))]);
        _shown.Add((objective.Name, objective.Kind), gauges);
        return gauges;
    }

    /// <summary>Shows nothing of an objective that is no more.</summary>
    private void Hide(IReadOnlyList<Objective> objectives)
    {
        foreach ((string Name, SloKind Kind) known in _shown.Keys.Except(objectives.Select(objective => (objective.Name, objective.Kind))).ToArray())
        {
            (Gauge budget, Gauge[] rates) = _shown[known];
            foreach (Gauge gauge in (Gauge[])[budget, .. rates])
            {
                gauge.Set(double.NaN);
            }

            _shown.Remove(known);
        }
    }
}
