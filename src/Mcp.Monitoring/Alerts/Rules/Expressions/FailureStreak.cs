using Mcp.Monitoring.Alerts.Rules.Evaluation;

namespace Mcp.Monitoring.Alerts.Rules.Expressions;

/// <summary>
/// How many failures there have been since the last success, both within the window. Absent where the window holds no success and fewer failures than are needed:
/// that nobody calls proves nothing.
/// </summary>
internal sealed record FailureStreak(Selector Failures, Selector Successes, double Needed, TimeSpan Window, bool IsHistogram) : Expression
{
    public override Node Build(NodeBuilder builder, Frame frame) => new FailureStreakNode(this, frame);

    // Prometheus cannot ask since when: failures within the window and no success.
    public override string ToPromQL(IReadOnlyList<string> by)
    {
        string suffix = IsHistogram ? "_count" : "";
        return $"{Aggregated("sum", by, $"increase({Failures.ToPromQL(suffix)}[{Text(Window)}])")} unless ({Aggregated("sum", by, $"increase({Successes.ToPromQL(suffix)}[{Text(Window)}])")} > 0)";
    }
}
