using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Artifacts.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;
using Mcp.Monitoring.Tests.Artifacts;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The exported alerts, one for each level of each rule, those that are off by themselves as well; and samples as their expressions read them.</summary>
internal static class ExportedSamples
{
    private const int PerMinute = 4;
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

    /// <summary>Gets what they need recorded of calls. Burn rates are given as samples.</summary>
    public static IReadOnlyList<ExportedRule> Recorded { get; } = [.. Exported.Recorded.All.Select(record => new ExportedRule(record.Key, record.Value) { IsRecorded = true })];

    /// <summary>Gets what is recorded of error budgets.</summary>
    public static IReadOnlyList<ExportedRule> Budgets { get; } = [.. BudgetRecordings.Of(Exported.Format, Exported.Recorded)];

    public static IEnumerable<TimeSpan> BudgetWindows => Exported.Recorded.BurnWindows.Union(Exported.Recorded.CallWindows);

    /// <summary>Writes a file with some of them, and what they need recorded.</summary>
    public static string File(params IEnumerable<ExportedAlert> alerts) => File([.. Recorded, .. alerts.Select(alert => alert.Exported)]);

    public static string File(params IEnumerable<ExportedRule> rules) => RuleYaml.File(new RuleGroup("mcp", [.. rules]));

    /// <summary>Writes samples of each minute as the input of promtool, but for those of a scrape that is lost: gauges are scraped four times a minute then, and what is recorded is not scraped.</summary>
    public static string Series(string samples, int minutes, int? lost = null)
    {
        IReadOnlyList<SampleSeries> all = SampleSeries.Read(samples, minutes);
        bool isFine = lost is not null && all.All(sample => sample.Kind == MetricKind.Gauge);
        var text = new StringBuilder($"  interval: {(isFine ? "15s" : "1m")}\n  input_series:\n");
        foreach (SampleSeries sample in all)
        {
            IEnumerable<(string, string)> written = IsOfBudget(sample) ? Burning(sample, all, minutes) : (lost is { } minute && !isFine ? sample.Without(minute) : sample).ForPromtool();
            foreach ((string one, string values) in written)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - series: '{one}'\n    values: '{(isFine ? Fine(values, IsOfBudget(sample) ? -1 : lost!.Value) : values)}'\n");
            }
        }

        return text.ToString();
    }

    // What is more than yes or no changes evenly.
    private static string Fine(string values, int lost)
    {
        string[] minutes = values.Split(' ');
        return string.Join(' ', minutes.SelectMany((value, minute) => Enumerable.Range(0, PerMinute).Select(part =>
            minute == lost && part == 0 ? "stale"
            : minute + 1 < minutes.Length && double.TryParse(value, CultureInfo.InvariantCulture, out double from) && double.TryParse(minutes[minute + 1], CultureInfo.InvariantCulture, out double to) && from > 1 && to > 1
                ? (from + ((to - from) * part / PerMinute)).ToString(CultureInfo.InvariantCulture)
                : value)));
    }

    private static bool IsOfBudget(SampleSeries sample) => sample.Metric is BurnRates or MinuteSamples.Calls or MinuteSamples.BadCalls;

    // As Prometheus records it, of an objective with many calls unless samples say how many. What is of the last minute is as what is of the last five where there is none of it.
    private static IEnumerable<(string Series, string Values)> Burning(SampleSeries rate, IReadOnlyList<SampleSeries> all, int minutes)
    {
        if (rate.Metric != BurnRates)
        {
            yield break;
        }

        Dictionary<string, string> labels = rate.Pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        string of = $"{{slo=\"{labels["slo"]}\",kind=\"{labels["kind"]}\"}}";
        TimeSpan window = Exported.Recorded.BurnWindows.Single(known => PromQL.Text(known) == labels["window"]);
        string values = rate.ForPromtool().Single().Values;
        yield return (BurnRate.Name(Exported.Format, window) + of, values);
        if (window == TimeSpan.FromMinutes(5) && !all.Any(other => other.Metric == BurnRates && other.Labels == rate.Labels.Replace("\"5m\"", "\"1m\"", StringComparison.Ordinal)))
        {
            yield return (BurnRate.Name(Exported.Format, TimeSpan.FromMinutes(1)) + of, values);
        }

        if (Exported.Recorded.CallWindows.Contains(window))
        {
            yield return (BurnIsFounded.CallsName(Exported.Format, window) + of, Of(MinuteSamples.Calls, MinuteSamples.UsualCalls));
            yield return (BurnIsFounded.BadCallsName(Exported.Format, window) + of, Of(MinuteSamples.BadCalls, MinuteSamples.UsualBadCalls));
        }

        string Of(string metric, double usual) => all.FirstOrDefault(other => other.Metric == metric && other.Labels == rate.Labels)?.ForPromtool().Single().Values ?? string.Join(' ', Enumerable.Repeat(usual, minutes));
    }
}
