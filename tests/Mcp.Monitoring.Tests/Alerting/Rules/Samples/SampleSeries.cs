using System.Globalization;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>
/// A series with a value for each minute, read from a line such as <c>mcp_errors_total{error_type="auth"} +0x10 +2x5 +0</c>: nothing happens for 10 minutes, then two in each of 5,
/// then nothing for the rest. <c>=7x10</c> is the value 7 for 10 minutes, <c>_x10</c> is no value. With <c>0.2s</c> in front it is a histogram of what took so long.
/// </summary>
internal sealed partial class SampleSeries
{
    public static readonly double[] Bounds = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private SampleSeries(string metric, string labels, MetricKind kind, double[] values)
    {
        Metric = metric;
        Labels = labels;
        Kind = kind;
        Values = values;
    }

    public string Metric { get; }

    public string Labels { get; }

    public MetricKind Kind { get; }

    /// <summary>Gets the value of each minute, of a histogram the number of observations; NaN where there is none.</summary>
    public double[] Values { get; }

    /// <summary>Gets the observations of each bucket by itself, for each minute; of a histogram.</summary>
    public double[][] Buckets { get; private init; } = [];

    public IEnumerable<(string Name, string Value)> Pairs => Pair().Matches(Labels).Select(match => (match.Groups["name"].Value, match.Groups["value"].Value));

    public static IReadOnlyList<SampleSeries> Read(string lines, int minutes)
    {
        var read = new Dictionary<string, SampleSeries>(StringComparer.Ordinal);
        foreach (string line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Line().Match(line);
            Assert.True(match.Success, $"{line} is no series.");
            string identity = match.Groups["metric"].Value + match.Groups["labels"].Value;
            SampleSeries series = Read(match, minutes);
            read[identity] = read.TryGetValue(identity, out SampleSeries? known) ? known.With(series) : series;
        }

        return [.. read.Values];
    }

    /// <summary>Leaves out a minute: what was scraped before ends, as where a scrape fails.</summary>
    public SampleSeries Without(int minute) => new(Metric, Labels, Kind, [.. Values.Select((value, index) => index == minute ? double.NaN : value)])
    {
        Buckets = [.. Buckets.Select(bucket => bucket.Select((value, index) => index == minute ? double.NaN : value).ToArray())],
    };

    /// <summary>Writes it for promtool, of a histogram its parts.</summary>
    public IEnumerable<(string Series, string Values)> ForPromtool()
    {
        if (Kind != MetricKind.Histogram)
        {
            yield return (Metric + Labels, Text(Values));
            yield break;
        }

        yield return ($"{Metric}_count{Labels}", Text(Values));
        double[] sums = new double[Values.Length];
        for (int i = 0; i < Buckets.Length; i++)
        {
            sums = [.. sums.Zip(Buckets[i], (sum, bucket) => sum + bucket)];
            string bound = i < Bounds.Length ? Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            yield return ($"{Metric}_bucket{Labels[..^1]}{(Labels.Length > 2 ? "," : "")}le=\"{bound}\"}}", Text(sums));
        }
    }

    private static SampleSeries Read(Match match, int minutes)
    {
        string metric = match.Groups["metric"].Value;
        double[] values = [.. Expand(match.Groups["values"].Value, minutes)];
        string labels = match.Groups["labels"] is { Length: > 0 } given ? given.Value : "{}";
        if (match.Groups["seconds"] is not { Length: > 0 } seconds)
        {
            return new SampleSeries(metric, labels, metric.EndsWith("_total", StringComparison.Ordinal) ? MetricKind.Counter : MetricKind.Gauge, values);
        }

        double took = double.Parse(seconds.Value, CultureInfo.InvariantCulture);
        int bucket = Array.FindIndex(Bounds, bound => took <= bound);
        return new SampleSeries(metric, labels, MetricKind.Histogram, values)
        {
            Buckets = [.. Enumerable.Range(0, Bounds.Length + 1).Select(index => index == bucket ? values : new double[minutes])],
        };
    }

    private static IEnumerable<double> Expand(string text, int minutes)
    {
        double value = 0;
        int minute = 0;
        foreach (Match token in Token().Matches(text))
        {
            int end = token.Groups["times"] is { Length: > 0 } times ? minute + int.Parse(times.Value, CultureInfo.InvariantCulture) : minutes;
            double number = token.Groups["number"] is { Length: > 0 } given ? double.Parse(given.Value, CultureInfo.InvariantCulture) : double.NaN;
            for (; minute < end && minute < minutes; minute++)
            {
                value = token.Groups["kind"].Value == "+" ? value + number : number;
                yield return value;
            }
        }

        Assert.True(minute == minutes, $"{text} ends after {minute} minutes.");
    }

    private static string Text(double[] values) => string.Join(' ', values.Select((value, minute) =>
        !double.IsNaN(value) ? value.ToString("R", CultureInfo.InvariantCulture) : minute > 0 && !double.IsNaN(values[minute - 1]) ? "stale" : "_"));

    private SampleSeries With(SampleSeries other) => new(Metric, Labels, Kind, [.. Values.Zip(other.Values, (one, more) => one + more)])
    {
        Buckets = [.. Buckets.Zip(other.Buckets, (one, more) => one.Zip(more, (left, right) => left + right).ToArray())],
    };

    [GeneratedRegex(@"^(?<metric>\w+)(?<labels>\{[^}]*\})? (?:(?<seconds>[\d.]+)s )?(?<values>[-+=_x\d. ]+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<kind>[+=_])(?<number>[\d.]+)?(x(?<times>\d+))?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<name>\w+)=""(?<value>[^""]*)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pair();
}
