using System.Globalization;
using System.Text;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The samples of a level as a test of promtool: when it fires and for how long, that it does not below its numbers and without what it judges, and that a lost scrape changes nothing.</summary>
internal sealed class LevelTestFile
{
    private const string Alerts = "ALERTS{alertstate=\"firing\"}";

    private readonly LevelSamples _samples;
    private readonly List<StringBuilder> _parts = [];

    private LevelTestFile(LevelSamples samples) => _samples = samples;

    private string By => _samples.Labels.Length == 0 ? "" : $" by ({string.Join(", ", _samples.Labels.Split(',').Select(label => label.Split('=')[0]))})";

    private string First => $"min{By} (min_over_time(timestamp({Alerts})[{_samples.Minutes}m:1m])) / 60";

    private string Last => $"max{By} (max_over_time(timestamp({Alerts})[{_samples.Minutes}m:1m])) / 60";

    private string Minutes => $"sum{By} (count_over_time({Alerts}[{_samples.Minutes}m]))";

    /// <param name="samples">The level and its samples.</param>
    /// <param name="rules">The file of its rule.</param>
    public static string Of(LevelSamples samples, string rules) => Head(rules) + string.Concat(All(samples));

    /// <summary>Makes a file of each of its tests, the likeliest to fail first: where one fails, the others need not be asked.</summary>
    public static IReadOnlyList<string> Parts(LevelSamples samples, string rules) => [.. All(samples).Select(part => Head(rules) + part)];

    private static string Head(string rules) => $"rule_files: [{rules}]\nevaluation_interval: 1m\ntests:\n";

    private static IEnumerable<string> All(LevelSamples samples)
    {
        var test = new LevelTestFile(samples);
        (int first, int last) = samples.InPrometheus ?? samples.Firing;
        test.Add("fires", samples.Fires, (first, last));
        test.Add("below", samples.Below, firing: null);
        foreach (OtherSamples other in samples.Others)
        {
            test.Add(other.What, other.Series, other.Fires ? other.InPrometheus ?? test.InProcess(other.Series) : null, other.InPrometheusFor);
        }

        test.Add("without data", samples.NoData, firing: null);
        if (samples.AlsoFires is { } also)
        {
            test.Begin("also fires", also);
            test.Ask($"{test.First} # {samples} also fires", samples.Labels, test.InProcess(also).First);
        }

        test.AddLost(first - 1, first, last);
        test.AddLost((first + last) / 2, first, last);
        return test._parts.Select(part => part.ToString());
    }

    private (int First, int Last) InProcess(string series)
    {
        (_, int first, int last) = Assert.Single(SampledRun.Of(SampledRun.RuleOf(_samples.Rule, _samples.Level), series, _samples.Minutes));
        return (first, last);
    }

    // The first minute, the last, and how many: it fires once, and for nothing else. What promtool says of a failure is the expression only: so that tells whose it is.
    private void Add(string name, string series, (int First, int Last)? firing, int? minutes = null)
    {
        Begin(name, series);
        Ask($"{First} # {_samples} {name}, first", _samples.Labels, firing?.First);
        Ask($"{Last} # {_samples} {name}, last", _samples.Labels, firing?.Last);
        Ask($"{Minutes} # {_samples} {name}, minutes", _samples.Labels, minutes ?? (firing?.Last - firing?.First + 1));
        Ask($"count(count_over_time({Alerts}[{_samples.Minutes}m])) # {_samples} {name}, alerts", "", firing is null ? null : 1);
    }

    // It begins and ends within one evaluation of what it does otherwise, without a gap.
    private void AddLost(int minute, int first, int last)
    {
        string name = $"scrape of minute {minute} lost";
        Begin(name, _samples.Fires, minute);
        Ask($"abs({First} - {first}) <= bool 1 # {_samples} {name}, first", _samples.Labels, 1);
        Ask($"abs({Last} - {last}) <= bool 1 # {_samples} {name}, last", _samples.Labels, 1);
        Ask($"{Last} - {First} + 1 - {Minutes} # {_samples} {name}, gaps", _samples.Labels, 0);
    }

    private void Begin(string name, string series, int? lost = null)
    {
        _parts.Add(new StringBuilder($"- name: {_samples} {name}\n{ExportedSamples.Series(series, _samples.Minutes, lost)}  promql_expr_test:\n"));
    }

    private void Ask(string expression, string labels, double? expected)
    {
        _parts[^1].Append(CultureInfo.InvariantCulture, $"  - expr: '{expression}'\n    eval_time: {_samples.Minutes - 1}m\n    exp_samples:\n");
        if (expected is not null)
        {
            _parts[^1].Append(CultureInfo.InvariantCulture, $"    - labels: '{{{labels}}}'\n      value: {expected}\n");
        }
    }
}
