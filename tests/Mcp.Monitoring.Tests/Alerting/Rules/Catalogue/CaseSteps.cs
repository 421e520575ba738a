using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

/// <summary>What happens in the cases of several rules.</summary>
internal static class CaseSteps
{
    public const double Start = 20;

    public static AlertRuleOptions On(string rule) => new() { Name = rule, Enabled = true };

    public static void Burst(RuleWorld world, double minutes, Action happens)
    {
        world.Minutes(Start);
        happens();
        world.Minutes(minutes);
    }

    /// <summary>Something happens, and once more shortly before it has lasted for two minutes.</summary>
    public static void GoesOn(RuleWorld world, Action happens)
    {
        Burst(world, 1.75, happens);
        happens();
        world.Minutes(1);
    }

    /// <summary>The same happens so many times, so far apart.</summary>
    public static void Row(RuleWorld world, int times, double minutesApart, Action happens)
    {
        world.Minutes(Start);
        for (int i = 0; i < times; i++)
        {
            happens();
            world.Minutes(minutesApart);
        }

        world.Minutes(0.5);
    }

    /// <summary>So many of a thousand events are bad, all the time.</summary>
    public static void Burn(RuleWorld world, double minutes, GivenObjective objective, double bad)
    {
        world.Minutes(Start);
        world.Minutes(minutes, 4, () => objective.Add(1_000, bad));
    }

    public static void FailInTurn(RuleWorld world) => world.Fail(world.Now.Ticks / SteadySamples.Step.Ticks % 2 == 0 ? "get_order" : "get_stock");

    public static void AfterStart(RuleWorld world, double minutes, Action happens)
    {
        world.Minutes(minutes);
        happens();
        world.Minutes(3);
    }

    public static void Arm(RuleWorld world, double seconds) => Burst(world, 2, () => world.Call("get_order", number: 100, seconds: seconds));

    public static void Error(RuleWorld world, double number, string type, string outcome) =>
        world.Samples.Count(MetricNames.Errors, number, type, outcome, "tools", "get_order", "none");

    public static void Http(RuleWorld world, string status, double number) => world.Samples.Observe(MetricNames.HttpRequestDuration, 0.1, number, "POST", "/mcp", status, "unary");

    public static void Channel(RuleWorld world, string signal, double value) => Burst(world, 1, () => world.Signals.Say(signal, value, ("channel", "telegram")));

    public static void Unknown(RuleWorld world, double number)
    {
        world.Samples.Count(MetricNames.UnknownOperations, number, "tools");
        world.Call(OperationLabels.Unknown, "client_error", number);
    }

    public static void Cache(RuleWorld world, double hits, double misses)
    {
        world.Samples.Count(DependencyMetricNames.CacheRequests, hits, "prices", "hit");
        world.Samples.Count(DependencyMetricNames.CacheRequests, misses, "prices", "miss");
    }
}
