using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>What it costs that an alert goes on: to the code that raises it again, and to the engine that finds it.</summary>
internal sealed class AlertQuestion : Question
{
    private const double MostMicroseconds = 0.7;

    public override string Name => "alerts";

    public override string Text => $"What does a raise of an alert that fires already cost, when {FiringAlerts.Count} take turns?";

    public override void Ask(BenchmarkRun run)
    {
        var alerts = new FiringAlerts();
        run.Measure(new Comparison($"one of {FiringAlerts.Count} alerts, each in a group of its own", rounds: 100)
            .Add("0.7 us", new Spin(MostMicroseconds))
            .Add("fingerprint, the alert of equal labels, its group", new FindOp(alerts), Limit.Ratio(1.0), Limit.Bytes(0))
            .Add("raised again", new RaiseOp(alerts), Limit.Ratio(1.0), Limit.Bytes(0))
            .Add("raised again and taken up by the engine", new TakeUpOp(alerts), Limit.Bytes(0)));
    }

    private readonly struct FindOp(FiringAlerts alerts) : IOp
    {
        public long Run() => alerts.Find();
    }

    private readonly struct RaiseOp(FiringAlerts alerts) : IOp
    {
        public long Run() => alerts.Raise();
    }

    private readonly struct TakeUpOp(FiringAlerts alerts) : IOp
    {
        public long Run() => alerts.RaiseAndTakeUp();
    }
}
