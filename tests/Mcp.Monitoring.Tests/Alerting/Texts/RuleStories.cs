using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;
using Mcp.Monitoring.Tests.Alerting.Rules.World;

namespace Mcp.Monitoring.Tests.Alerting.Texts;

/// <summary>What each rule of the catalogue, and one of the user's own, says of an alert and of itself, in one language.</summary>
internal static class RuleStories
{
    private static readonly RuleCase Own = new("Own", "a rule of one's own", AlertSeverity.Medium, (world, _) =>
    {
        world.Samples.Set(Mcp.Monitoring.Metrics.MetricNames.Sessions, 1_234.5, "");
        world.Minutes(5);
    })
    {
        Options = [new AlertRuleOptions { Name = "Own", Metric = Mcp.Monitoring.Metrics.MetricNames.Sessions.Name, Threshold = 1.5 }],
    };

    public static IEnumerable<string> In(AlertTexts texts)
    {
        foreach (RuleCase about in RuleCases.All.Append(Own))
        {
            var world = new RuleWorld(about.Options) { Texts = texts };
            about.Happens(world, true);
            ActiveAlert alert = world.Alerts.Fired.First(fired => fired.Rule == about.Rule);
            AlertDescription said = alert.Describe!();
            yield return $"{about}";
            yield return $"  {said.Title} — {said.Summary}";
            foreach (string fact in said.Facts)
            {
                yield return $"  {fact}";
            }
        }
    }

    public static IEnumerable<string> Meanings(AlertTexts texts) =>
        RuleCatalogue.Build(new ThresholdOptions(), Own.Options).Select(rule => $"{rule.Name}: {rule.Annotations.Meaning(texts)}");
}
