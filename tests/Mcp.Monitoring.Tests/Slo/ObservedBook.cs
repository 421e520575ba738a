using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Tests.Slo;

/// <summary>A book over a registry of its own, sampled every 5 seconds of virtual time.</summary>
internal sealed class ObservedBook
{
    public static readonly SloDefinition Availability = new("availability", new SloIndicator(SloKind.Availability), 0.995m);
    public static readonly SloDefinition Fast = new("latency_p95", new SloIndicator(SloKind.Latency, 0.2), 0.95m);
    public static readonly SloDefinition NotSlow = new("latency_p99", new SloIndicator(SloKind.Latency, 0.5), 0.99m);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly long _start;
    private readonly TimeSpan _uptimeBefore;

    public ObservedBook(SettableTime? time = null, params SloDefinition[] definitions)
    {
        Time = time ?? new SettableTime();
        _start = Time.GetTimestamp();
        _uptimeBefore = TimeSpan.FromSeconds(3);
        Registry = new MetricsRegistry(new MetricsOptions(), new MonitoringClock(Time));
        Book = new SloTracker(Registry);
        Book.Configure(definitions.Length > 0 ? definitions : [Availability, Fast, NotSlow], countsToolErrors: false);
        Tool = Registry.Operations.Create(OperationType.Tools, "search");
    }

    public SettableTime Time { get; }

    public MetricsRegistry Registry { get; }

    public SloTracker Book { get; }

    public OperationCells Tool { get; }

    public Objective this[string name] => Book.Objectives.Single(objective => objective.Name == name);

    public TimeSpan Now => Time.GetElapsedTime(_start) + _uptimeBefore;

    public void Sample() => Book.Sample(Now, Time.GetUtcNow());

    /// <summary>Lets time pass, with calls evenly spread over it.</summary>
    public void Pass(TimeSpan time, Action? atEachSample = null, TimeSpan? interval = null)
    {
        for (TimeSpan end = Now + time; Now < end;)
        {
            atEachSample?.Invoke();
            Time.Advance(interval ?? Interval);
            Sample();
        }
    }

    /// <summary>Moves the wall clock, not the time.</summary>
    public void SetClock(TimeSpan by) => Time.Error += by;

    public void Call(OperationOutcome outcome = OperationOutcome.Success, double seconds = 0.01, int count = 1, OperationCells? operation = null)
    {
        for (int i = 0; i < count; i++)
        {
            (operation ?? Tool).Started();
            (operation ?? Tool).Ended(outcome, Registry.Clock.ToTicks(TimeSpan.FromSeconds(seconds)), Time.GetTimestamp(), context: null);
        }
    }

    public void Fail(int count = 1) => Call(OperationOutcome.ServerError, count: count);

    public double Gauge(string metric, params string[] labels)
    {
        foreach (var measurement in Registry.Families.Single(family => family.Definition.Name == metric).Values())
        {
            if (measurement.Tags.ToArray().Select(tag => (string)tag.Value!).SequenceEqual(labels, StringComparer.Ordinal))
            {
                return measurement.Value;
            }
        }

        return double.NaN;
    }
}
