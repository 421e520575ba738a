using System.Runtime.InteropServices;
using Mcp.Monitoring.Alerting.Rules.Evaluation;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>
/// How many calls have failed in a row, however far apart; 0 while these are too few or too close together to be an outage: who tries again at once proves nothing.
/// Absent where no call is known of, and once nothing was heard for a day.
/// </summary>
/// <param name="Calls">Which calls.</param>
/// <param name="Usual">What makes an outage.</param>
/// <param name="Dense">What makes one in a shorter time, where that is enough.</param>
/// <param name="Scope">What other calls have to do with it.</param>
internal sealed record FailureStreak(CallOutcomes Calls, StreakLength Usual, StreakLength? Dense, StreakScope Scope) : Expression
{
    // Prometheus cannot look for the last success.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    public bool IsMetBy(Streak streak) => Usual.IsMetBy(streak) || Dense?.IsMetBy(streak) == true;

    public override Node Build(NodeBuilder builder, LabelSetIndex labelSets)
    {
        OutcomesNode outcomes = builder.Outcomes(Calls, labelSets);
        return Scope == StreakScope.Server
            ? new ServerStreakNode(this, outcomes, builder.Outcomes(Calls, builder.LabelSets(ServerStreakNode.By)), labelSets)
            : new FailureStreakNode(this, outcomes, labelSets);
    }

    // Failures within the window and no success; the first of them is old enough.
    public override string ToPromQL(IReadOnlyList<string> by)
    {
        string successes = $"{Aggregated("sum", by, Increase(Calls.Successes, Window))} > 0";
        string old = Usual.Span == default ? "" : $" and {Failures(by, Window - Usual.Span, Usual.Span)} > 0";
        string own = $"(({Failures(by, Window, ago: default)}{old}) unless {successes})";
        return Scope switch
        {
            StreakScope.Total => $"({own} unless on () sum({Increase(Calls.Successes, Window)}) > 0)",
            StreakScope.Server => $"({own} and count({Aggregated("sum", ServerStreakNode.By, Increase(Calls.Failures, Window))} > 0) >= {ServerStreakNode.Several})",
            _ => own,
        };
    }

    private string Failures(IReadOnlyList<string> by, TimeSpan window, TimeSpan ago)
    {
        string failures = Aggregated("sum", by, Increase(Calls.Failures, window, ago));
        return Calls.MoreFailures is not { } more ? failures
            : Aggregated("sum", by, Increase(more, window, ago)) is var others ? $"({failures} + {others} or {failures} or {others})"
            : failures;
    }

    private static string Increase(Selector selector, TimeSpan window, TimeSpan ago = default) =>
        $"increase({selector.ToPromQL(selector.Metric.EndsWith("_seconds", StringComparison.Ordinal) ? "_count" : "")}[{Text(window)}]{(ago == default ? "" : $" offset {Text(ago)}")})";
}

/// <summary>How many failures in a row, and how far the last must be from the first.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreakLength(double Failures, TimeSpan Span)
{
    /// <summary>So many failures need a quarter of the time only.</summary>
    public const double Many = 10;

    public bool IsMetBy(Streak streak) => streak.Count > 0 && streak.Count >= Failures && streak.Span >= Span;
}

/// <summary>What other calls have to do with failures in a row.</summary>
internal enum StreakScope
{
    /// <summary>Nothing.</summary>
    Own,

    /// <summary>Where nothing else succeeded meanwhile, it is part of a larger outage, and over with it.</summary>
    Operation,

    /// <summary>Nothing else has succeeded since the first of them.</summary>
    Total,

    /// <summary>They are those of all operations together, of several; or there is only one.</summary>
    Server,
}
