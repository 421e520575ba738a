using System.Globalization;
using System.Text;
using Mcp.Monitoring.Tests.Alerting.Rules.Samples;

namespace Mcp.Monitoring.IntegrationTests.Prometheus;

/// <summary>The samples of a level as a test of promtool: when it fires and for how long, that it does not below its numbers and without what it judges, and that a lost scrape changes nothing.</summary>
internal sealed class LevelTestFile
{
    private const string Alerts = "ALERTS{alertstate=\"firing\"}";

    private readonly LevelSamples _samples;
    private readonly List<LevelTest> _parts = [];

    private LevelTestFile(LevelSamples samples) => _samples = samples;

    private string By => _samples.Labels.Length == 0 ? "" : $" by ({string.Join(", ", _samples.Labels.Split(',').Select(label => label.Split('=')[0]))})";

    private string First => $"min{By} (min_over_time(timestamp({Alerts})[{Minutes}m:1m])) / 60";

    private string Last => $"max{By} (max_over_time(timestamp({Alerts})[{Minutes}m:1m])) / 60";

    private string Count => $"sum{By} (count_over_time({Alerts}[{Minutes}m]))";

    private int Minutes => _parts[^1].Minutes;

    /// <param name="samples">The level and its samples.</param>
    /// <param name="rules">The file of its rule.</param>
    public static string Of(LevelSamples samples, string rules) => Head(rules) + string.Concat(All(samples).Select(part => part.Text));

    /// <summary>Gets its tests, each by itself.</summary>
    public static IReadOnlyList<LevelTest> Parts(LevelSamples samples) => All(samples);

    /// <summary>Makes a file of a test: where one fails, the others need not be asked.</summary>
    public static string Of(LevelTest part, string rules) => Head(rules) + part.Text;

    private static string Head(string rules) => $"rule_files: [{rules}]\nevaluation_interval: 1m\ntests:\n";

    private static List<LevelTest> All(LevelSamples samples)
    {
        var test = new LevelTestFile(samples);
        (int first, int last) = samples.InPrometheus ?? samples.Firing;
        test.Add("fires", samples.Fires, (first, last));
        test.Add("below", samples.Below, firing: null);
        foreach (OtherSamples other in samples.Others)
        {
            int minutes = samples.MinutesOf(other);
            test.Begin(other.What, other.Series, minutes, other.Window);
            test.Ask(other.What, other.Fires ? other.InPrometheus ?? test.InProcess(other.Series, minutes) : null);
        }

        test.Add("without data", samples.NoData, firing: null);
        if (samples.AlsoFires is { } also)
        {
            test.Begin("also fires", also, samples.Minutes);
            test.Ask($"{test.First} # {samples} also fires", samples.Labels, test.InProcess(also, samples.Minutes).First);
        }

        test.AddLost(first - 1, first, last);
        test.AddLost((first + last) / 2, first, last);
        return test._parts;
    }

    private (int First, int Last) InProcess(string series, int minutes)
    {
        (_, int first, int last) = Assert.Single(SampledRun.Of(SampledRun.RuleOf(_samples.Rule, _samples.Level), series, minutes));
        return (first, last);
    }

    private void Add(string name, string series, (int First, int Last)? firing)
    {
        Begin(name, series, _samples.Minutes);
        Ask(name, firing);
    }

    // The first minute, the last, and how many: it fires once, and for nothing else. What promtool says of a failure is the expression only: so that tells whose it is.
    private void Ask(string name, (int First, int Last)? firing)
    {
        Ask($"{First} # {_samples} {name}, first", _samples.Labels, firing?.First);
        Ask($"{Last} # {_samples} {name}, last", _samples.Labels, firing?.Last);
        Ask($"{Count} # {_samples} {name}, minutes", _samples.Labels, firing?.Last - firing?.First + 1);
        Ask($"count(count_over_time({Alerts}[{Minutes}m])) # {_samples} {name}, alerts", "", firing is null ? null : 1);
    }

    // It begins and ends within one evaluation of what it does otherwise, without a gap.
    private void AddLost(int minute, int first, int last)
    {
        string name = $"scrape of minute {minute} lost";
        Begin(name, _samples.Fires, _samples.Minutes, lost: minute);
        Ask($"abs({First} - {first}) <= bool 1 # {_samples} {name}, first", _samples.Labels, 1);
        Ask($"abs({Last} - {last}) <= bool 1 # {_samples} {name}, last", _samples.Labels, 1);
        Ask($"{Last} - {First} + 1 - {Count} # {_samples} {name}, gaps", _samples.Labels, 0);
    }

    private void Begin(string name, string series, int minutes, string window = "", int? lost = null)
    {
        string begin = $"- name: {_samples} {name}\n{ExportedSamples.Series(series, minutes, lost)}  promql_expr_test:\n";
        _parts.Add(new LevelTest(window, minutes, new StringBuilder(begin)));
    }

    private void Ask(string expression, string labels, double? expected)
    {
        _parts[^1].Text.Append(CultureInfo.InvariantCulture, $"  - expr: '{expression}'\n    eval_time: {Minutes - 1}m\n    exp_samples:\n");
        if (expected is not null)
        {
            _parts[^1].Text.Append(CultureInfo.InvariantCulture, $"    - labels: '{{{labels}}}'\n      value: {expected}\n");
        }
    }
}

/// <summary>One test of a level.</summary>
/// <param name="Window">The window that it is about; empty where it is about the rule as a whole.</param>
/// <param name="Minutes">How long its samples are.</param>
/// <param name="Text">The test as promtool reads it.</param>
internal sealed record LevelTest(string Window, int Minutes, StringBuilder Text);
