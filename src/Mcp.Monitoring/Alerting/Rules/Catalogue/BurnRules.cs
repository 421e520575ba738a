using System.Runtime.InteropServices;
using Mcp.Monitoring.Alerting.Rules.Annotations;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>Rules of error budgets: how many times faster than allowed one is spent, over a longer window and a shorter one. What pages ends soon after its cause.</summary>
internal static class BurnRules
{
    private const AlertSeverity MostOfLatency = AlertSeverity.Medium;

    // The fast ones are over when the shortest window is; half of the limit, lest few calls make them come and go.
    private const double Clean = 0.5;

    // What is counted by the minute is of the last half to one and a half of them.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    // With the end of all of it the severity does not fall first.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // How long each speed must hold, and how much it matters, the fastest first.
    private static readonly Speed[] Fast =
    [
        new(BurnCondition.All[0], TimeSpan.FromMinutes(2), AlertSeverity.Critical),
        new(BurnCondition.All[1], TimeSpan.FromMinutes(15), AlertSeverity.High),
    ];

    private static readonly Speed[] Slow =
    [
        new(BurnCondition.All[2], TimeSpan.FromHours(1), AlertSeverity.Medium),
        new(BurnCondition.All[3], TimeSpan.FromHours(3), AlertSeverity.Low),
    ];

    public static IEnumerable<CatalogueRule> All { get; } =
    [
        new("McpAvailabilityBurn", Numbers(Fast) with { KeepFiringFor = TimeSpan.Zero }, numbers => Burn(Fast, numbers, SloKind.Availability)),
        new("McpLatencyBurn", Numbers(Fast) with { KeepFiringFor = TimeSpan.Zero }, numbers => Burn(Fast, numbers, SloKind.Latency)),
        new("McpBudgetSlowBurn", Numbers(Slow), numbers => Burn(Slow, numbers, SloKind.Availability, SloKind.Latency)),
    ];

    // The threshold is a factor on all speeds; window and duration are those of the fastest, and make the others longer or shorter alike.
    private static RuleNumbers Numbers(Speed[] speeds) => new() { Threshold = 1, Window = speeds[0].Burn.Long, For = speeds[0].For };

    private static AlertRule Burn(Speed[] speeds, RuleNumbers numbers, params SloKind[] kinds)
    {
        var annotations = new AlertAnnotations("meaning.burn", Title, Summary)
        {
            Facts =
            [
                context => IsLatency(context) ? AnnotationFacts.ShareOfTime(context) : AnnotationFacts.Operations(context, Selectors.ServerErrors),
                context => IsLatency(context) ? null : AnnotationFacts.ErrorTypes(context),
                AnnotationFacts.Breaker,
            ],
        };
        return numbers.Rule(BurnRate.By, annotations, [.. from kind in kinds from speed in speeds select Level(speed, speeds, kind, numbers)]) with { IsToldApart = speeds == Slow };
    }

    private static RuleLevel Level(Speed speed, Speed[] speeds, SloKind kind, RuleNumbers numbers)
    {
        double scale = numbers.Window / speeds[0].Burn.Long;
        double limit = speed.Burn.Factor * numbers.Threshold;
        Expression longer = new BurnRate(kind, scale * speed.Burn.Long);
        Expression shorter = new BurnRate(kind, scale * speed.Burn.Short);
        Expression now = new BurnRate(kind, scale * Fast[0].Burn.Short).Above(Clean * limit);

        // Of a budget that nobody can spend so fast there is nothing to compare.
        return new RuleLevel(
            kind == SloKind.Latency && speed.Severity > MostOfLatency ? MostOfLatency : speed.Severity,
            numbers.For / speeds[0].For * speed.For,
            longer.Above(limit).And(shorter.Above(limit)).OnlyIf(new BurnIsFounded(kind, scale * speed.Burn.Long)),
            longer,
            limit)
        {
            Name = $"{SloGauges.Label(kind)}_{PromQL.Text(scale * speed.Burn.Long)}",
            // An outage that is over, or a client that tried again ten times, spends a lot and burns nothing.
            Begins = speeds == Slow ? now : new BurnRate(kind, scale * Moment).Above(Clean * limit),
            Holds = speeds == Fast ? now : null,
            KeepFiringFor = speed == Fast[0] ? Grace : TimeSpan.Zero,
            Blame = kind == SloKind.Availability ? Blame.Errors : Blame.Time,
        };
    }

    private static string Title(AnnotationContext context) =>
        (context.Operation, IsLatency(context)) switch
        {
            ("", false) => context.Texts["title.burn_availability"],
            ("", true) => context.Texts["title.burn_latency"],
            (var operation, false) => context.Say("title.burn_availability_of", operation),
            var (operation, _) => context.Say("title.burn_latency_of", operation),
        };

    private static string Summary(AnnotationContext context)
    {
        string speed = context.Say("summary.burn", context.Label("slo"), new Amount(context.Alert.Value));
        if (Objective(context) is not { } objective)
        {
            return speed;
        }

        (double calls, double bad) = objective.Events(context.Window);
        string share = objective.Kind == SloKind.Availability
            ? context.Texts.Share("share.calls_failed", bad, calls, context.Window)
            : context.Texts.Share("share.too_slow", bad, calls, context.Window, context.Texts.Seconds(objective.ThresholdSeconds));
        return context.Say("summary.burn_objective", speed, share, context.Texts.Percent(objective.Target));
    }

    private static bool IsLatency(AnnotationContext context) => Objective(context)?.Kind == SloKind.Latency;

    private static IObjective? Objective(AnnotationContext context) => context.Inputs.Objectives.Objectives.FirstOrDefault(known => known.Name == context.Alert.Labels["slo"]);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Speed(BurnCondition Burn, TimeSpan For, AlertSeverity Severity);
}
