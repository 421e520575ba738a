using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>The objectives as rules see them.</summary>
internal sealed class SloObjectives(SloTracker tracker) : IObjectiveSource
{
    private IReadOnlyList<Objective>? _seen;
    private IReadOnlyList<IObjective> _objectives = [];

    public IReadOnlyList<IObjective> Objectives
    {
        get
        {
            if (!ReferenceEquals(_seen, tracker.Objectives))
            {
                _seen = tracker.Objectives;
                _objectives = [.. _seen.Select(objective => new JudgedObjective(objective))];
            }

            return _objectives;
        }
    }

    private sealed class JudgedObjective(Objective objective) : IObjective
    {
        private readonly SloIndicator _indicator = objective.Definition.Indicator;

        public string Name => objective.Name;

        public SloKind Kind => _indicator.Kind;

        public double Target => (double)objective.Definition.Target;

        public double ThresholdSeconds => _indicator.ThresholdSeconds;

        public string OperationType => _indicator.OperationType?.Label() ?? "";

        public string Operation => _indicator.Operation ?? "";

        public double MinimumCalls => objective.Definition.MinimumCalls;

        public double MinimumFailures => objective.Definition.MinimumFailures;

        public (double Calls, double Bad) Events(TimeSpan window) => objective.Events(window) is var events ? (events.Total, events.Bad) : default;

        public double BurnRate(TimeSpan window) => objective.BurnRate(window) ?? double.NaN;
    }
}
