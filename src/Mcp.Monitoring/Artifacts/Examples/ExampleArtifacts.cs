using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Artifacts.Examples;

/// <summary>Examples of configuration: what an operator copies, and changes where the comments say so.</summary>
internal static class ExampleArtifacts
{
    private const string Alertmanager = "alertmanager.example.yml", Prometheus = "prometheus.example.yml", ServiceMonitor = "servicemonitor.example.yaml";
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(10);

    public static IEnumerable<Artifact> Of(ArtifactInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        TimeSpan interval = inputs.Options.ScrapeInterval;
        var intervals = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["interval"] = PromQL.Text(interval),
            ["timeout"] = PromQL.Text(interval < UsualTimeout ? interval : UsualTimeout),
        };
        yield return Filled(Alertmanager, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alerts"] = MatcherText.Quoted($"alertname=~\"{string.Join('|', ["Mcp.+", .. OwnRules(inputs)])}\""),
            ["teams"] = TeamText.Routes(inputs),
            ["team_receivers"] = TeamText.Receivers(inputs),
            ["inhibitions"] = InhibitRules(inputs.Rules),
        });
        yield return Filled(Prometheus, intervals);
        yield return Filled(ServiceMonitor, intervals);
    }

    private static Artifact Filled(string file, Dictionary<string, string> values) => new($"alerts/{file}", ArtifactText.Filled(file, values));

    private static IEnumerable<string> OwnRules(ArtifactInputs inputs) =>
        inputs.Rules.Select(rule => rule.Name).Where(name => !RuleCatalogue.Has(name) && !name.StartsWith("Mcp", StringComparison.Ordinal));

    private static string InhibitRules(IReadOnlyList<AlertRule> rules)
    {
        var text = new StringBuilder();
        foreach ((string heading, IReadOnlyList<Inhibition> inhibitions) in new Inhibitions(rules).All)
        {
            text.Append(CultureInfo.InvariantCulture, $"# {heading}\n");
            foreach (Inhibition inhibition in inhibitions)
            {
                text.Append(CultureInfo.InvariantCulture, $"- source_matchers: {MatcherText.List(inhibition.Source.All)}\n");
                text.Append(CultureInfo.InvariantCulture, $"  target_matchers: {MatcherText.List(inhibition.Target.All)}\n");
                text.Append(CultureInfo.InvariantCulture, $"  equal: [{string.Join(", ", inhibition.Equal)}]\n");
            }
        }

        return text.ToString();
    }
}
