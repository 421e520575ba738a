using System.Globalization;
using Mcp.Monitoring.Benchmarks.Harness;

namespace Mcp.Monitoring.Benchmarks.Alerting;

/// <summary>What the rules cost a host, every 15 seconds on a thread of their own.</summary>
internal sealed class RulesQuestion : Question
{
    private const double MostMicroseconds = 500;

    public override string Name => "rules";

    public override string Text => "What does one evaluation of all rules cost a host with 100 tools?";

    public override void Ask(BenchmarkRun run)
    {
        using var host = new JudgedHost();
        var report = host.Evaluate();
        var title = string.Create(CultureInfo.InvariantCulture, $"{report.Rules} rules, {JudgedHost.Tools} tools, 10 dependencies, 3 objectives, {report.Active} alerts");
        run.Measure(new Comparison(title, rounds: 100)
            .Add("500 us", new Spin(MostMicroseconds))
            .Add("one evaluation", new EvaluationOp(host), Limit.Ratio(1.0), Limit.Bytes(0)));
    }

    private readonly struct EvaluationOp(JudgedHost host) : IOp
    {
        public long Run() => host.Evaluate().Rules;
    }
}
