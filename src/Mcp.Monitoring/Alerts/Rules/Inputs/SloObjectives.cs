using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerts.Rules.Inputs;

/// <summary>The objectives of the book, as rules see them.</summary>
internal sealed class SloObjectives(SloBook book) : IObjectiveBook
{
    private IReadOnlyList<Objective>? _seen;
    private IReadOnlyList<IObjective> _objectives = [];

    public IReadOnlyList<IObjective> Objectives
    {
        get
        {
            if (!ReferenceEquals(_seen, book.Objectives))
            {
                _seen = book.Objectives;
                _objectives = [.. _seen.Select(objective => new Judged(objective))];
            }

            return _objectives;
        }
    }

    private sealed class Judged(Objective objective) : IObjective
    {
        public string Name => objective.Name;

        public SloKind Kind => objective.Definition.Indicator.Kind;

        public double Target => (double)objective.Definition.Target;

        public double ThresholdSeconds => objective.Definition.Indicator.ThresholdSeconds;

        public string OperationType => objective.Definition.Indicator.OperationType?.Label() ?? "";

        public string Operation => objective.Definition.Indicator.Operation ?? "";

        public double MinimumCalls => objective.Definition.MinimumCalls;

        public double MinimumFailures => objective.Definition.MinimumFailures;

        public (double Calls, double Bad) Events(TimeSpan window)
        {
            SloEvents events = objective.Events(window);
            return (events.Total, events.Bad);
        }
    }
}
