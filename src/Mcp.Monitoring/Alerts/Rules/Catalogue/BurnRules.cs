using Mcp.Monitoring.Alerts.Rules.Evaluation;
using Mcp.Monitoring.Alerts.Rules.Expressions;
using Mcp.Monitoring.Alerts.Rules.Stories;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerts.Rules.Catalogue;

/// <summary>Rules of error budgets: how many times faster than allowed one is spent, over a longer window and a shorter one that ends the alert soon.</summary>
internal static class BurnRules
{
    // How long each speed must hold, and how much it matters, the fastest first.
    private static readonly (BurnCondition Burn, TimeSpan For, AlertSeverity Severity)[] Speeds =
    [
        (BurnCondition.All[0], TimeSpan.FromMinutes(2), AlertSeverity.Critical),
        (BurnCondition.All[1], TimeSpan.FromMinutes(15), AlertSeverity.High),
        (BurnCondition.All[2], TimeSpan.FromHours(1), AlertSeverity.Medium),
        (BurnCondition.All[3], TimeSpan.FromHours(3), AlertSeverity.Low),
    ];

    public static IEnumerable<CatalogueRule> All { get; } =
    [
        new("McpAvailabilityBurn", Numbers, numbers => Burn("McpAvailabilityBurn", SloKind.Availability, AlertSeverity.Critical, numbers) with { Blame = Blame.Errors }),
        new("McpLatencyBurn", Numbers, numbers => Burn("McpLatencyBurn", SloKind.Latency, AlertSeverity.Medium, numbers) with { Blame = Blame.Time }),
    ];

    // The threshold is a factor on all speeds, and the duration one on all of theirs.
    private static RuleNumbers Numbers => new() { Threshold = 1, Window = TimeSpan.FromHours(1), For = TimeSpan.FromMinutes(2) };

    private static AlertRule Burn(string name, SloKind kind, AlertSeverity most, RuleNumbers numbers)
    {
        double scale = numbers.Window / TimeSpan.FromHours(1);
        double patience = numbers.For / TimeSpan.FromMinutes(2);
        var story = new Story(
            "The error budget of an objective is spent too fast.",
            told => Title(told, kind),
            told => Summary(told, kind, scale, numbers.Threshold))
        {
            Facts = kind == SloKind.Availability
                ? [told => Clues.Operations(told, Measures.ServerErrors, TimeSpan.FromHours(1)), Clues.ErrorTypes, Clues.Breaker]
                : [Clues.ShareOfTime],
        };
        return numbers.Rule(name, BurnRateNode.By, story, [.. Speeds.Select(speed => Level(speed, kind, most, numbers, scale, patience))]);
    }

    private static RuleLevel Level(
        (BurnCondition Burn, TimeSpan For, AlertSeverity Severity) speed, SloKind kind, AlertSeverity most, RuleNumbers numbers, double scale, double patience)
    {
        double limit = speed.Burn.Factor * numbers.Threshold;
        Expression longer = new BurnRate(kind, scale * speed.Burn.Long);
        Expression shorter = new BurnRate(kind, scale * speed.Burn.Short);

        // Of a budget that nobody can spend so fast there is nothing to compare.
        return new RuleLevel(
            speed.Severity > most ? most : speed.Severity,
            patience * speed.For,
            longer.Above(limit).And(shorter.Above(limit)).Given(new BurnIsFounded(kind, scale * speed.Burn.Long).AtLeast(1)),
            longer,
            limit);
    }

    private static string Title(Telling telling, SloKind kind) =>
        (telling.Operation.Length > 0 ? $"{telling.Operation} " : "") + (kind == SloKind.Availability ? "availability budget burning" : "latency budget burning");

    private static string Summary(Telling telling, SloKind kind, double scale, double threshold)
    {
        string speed = $"Budget of {telling.Label("slo")} is spent {Wording.Number(telling.Alert.Value)} times too fast";
        if (telling.Inputs.Objectives.Objectives.FirstOrDefault(known => known.Name == telling.Alert.Labels["slo"]) is not { } objective)
        {
            return speed;
        }

        TimeSpan window = scale * Speeds.FirstOrDefault(known => known.Burn.Factor * threshold == telling.Alert.Limit, Speeds[0]).Burn.Long;
        (double calls, double bad) = objective.Events(window);
        return kind == SloKind.Availability
            ? $"{speed}: {Sentences.Share(bad, calls, window, "calls failed")}, the objective is {Wording.Percent(objective.Target)}"
            : $"{speed}: {Sentences.Share(bad, calls, window, $"calls took over {Wording.Seconds(objective.ThresholdSeconds)}")}, the objective is {Wording.Percent(objective.Target)}";
    }
}
