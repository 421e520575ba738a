using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;
using Mcp.Monitoring.Tests.Artifacts;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The exported alerts, one for each level of each rule, those that are off by themselves as well; and samples as their expressions read them.</summary>
internal static class ExportedSamples
{
    private const string BurnRates = "mcp_slo_burn_rate";

    private static readonly ArtifactInputs Inputs = UsualInputs.Value with { Rules = [.. UsualInputs.Value.Rules.Select(rule => rule with { IsEnabled = true })] };
    private static readonly ExportedAlerts Exported = new(Inputs);

    public static IReadOnlyList<ExportedAlert> Alerts => Exported.All;

    /// <summary>Gets what is exported of a level; one more than there are stands for the raised severity.</summary>
    public static ExportedAlert Find(string rule, int level)
    {
        AlertRule of = Inputs.Rules.Single(known => known.Name == rule);
        return level < of.Levels.Count
            ? Exported.All.Single(alert => alert.Rule.Name == rule && alert.Level == of.Levels[level])
            : Exported.All.Single(alert => alert.Rule.Name == rule && alert.Level.Severity == of.Raise!.Severity);
    }

    /// <summary>Writes a file with some of them, and what they need recorded of calls. Burn rates are given as samples.</summary>
    public static string File(params IEnumerable<ExportedAlert> alerts) => RuleYaml.File(new RuleGroup(
        "mcp", [.. Exported.Recorded.All.Select(record => new ExportedRule(record.Key, record.Value) { IsRecorded = true }), .. alerts.Select(alert => alert.Exported)]));

    /// <summary>Writes samples of each minute as the input of promtool.</summary>
    public static string Series(string samples, int minutes)
    {
        var text = new StringBuilder();
        foreach (SampleSeries sample in SampleSeries.Read(samples, minutes))
        {
            foreach ((string one, string values) in sample.Metric == BurnRates ? Burning(sample, minutes) : sample.ForPromtool())
            {
                text.Append(CultureInfo.InvariantCulture, $"  - series: '{one}'\n    values: '{values}'\n");
            }
        }

        return text.ToString();
    }

    // As Prometheus records it, of an objective with many calls. What is of the last minute is as what is of the last five.
    private static IEnumerable<(string Series, string Values)> Burning(SampleSeries rate, int minutes)
    {
        Dictionary<string, string> labels = rate.Pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        string of = $"{{slo=\"{labels["slo"]}\",kind=\"{labels["kind"]}\"}}";
        TimeSpan window = Exported.Recorded.BurnWindows.Single(known => PromQL.Text(known) == labels["window"]);
        string values = rate.ForPromtool().Single().Values;
        yield return (BurnRate.Name(Exported.Format, window) + of, values);
        if (window == TimeSpan.FromMinutes(5))
        {
            yield return (BurnRate.Name(Exported.Format, TimeSpan.FromMinutes(1)) + of, values);
        }

        if (Exported.Recorded.CallWindows.Contains(window))
        {
            yield return (BurnIsFounded.CallsName(Exported.Format, window) + of, $"1000+0x{minutes}");
            yield return (BurnIsFounded.BadCallsName(Exported.Format, window) + of, $"100+0x{minutes}");
        }
    }
}
