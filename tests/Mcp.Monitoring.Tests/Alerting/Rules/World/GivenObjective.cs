using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>An objective of events that a test gives, counted by the second.</summary>
internal sealed class GivenObjective(string name, SloKind kind, double target, Func<TimeSpan> now) : IObjective
{
    private readonly List<(TimeSpan At, double Calls, double Bad)> _events = [];

    public string Name => name;

    public SloKind Kind => kind;

    public double Target => target;

    public double ThresholdSeconds => kind == SloKind.Latency ? 0.2 : 0;

    public string OperationType => "";

    public string Operation => "";

    public double MinimumCalls => 50;

    public double MinimumFailures => 5;

    public void Add(double calls, double bad) => _events.Add((now(), calls, bad));

    public double BurnRate(TimeSpan window)
    {
        (double calls, double bad) = Events(window);
        return calls > 0 ? bad / calls / (double)(1 - (decimal)target) : double.NaN;
    }

    public (double Calls, double Bad) Events(TimeSpan window)
    {
        TimeSpan since = now() - window;
        int first = _events.FindIndex(entry => entry.At > since);
        (double calls, double bad) = (0, 0);
        for (int i = first; i >= 0 && i < _events.Count; i++)
        {
            calls += _events[i].Calls;
            bad += _events[i].Bad;
        }

        return (calls, bad);
    }
}
