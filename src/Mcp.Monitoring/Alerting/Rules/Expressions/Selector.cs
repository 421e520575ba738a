using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>Series of a metric whose labels are as they must be.</summary>
internal sealed class Selector : IEquatable<Selector>
{
    private readonly LabelMatcher[] _matchers;

    public Selector(string metric, params LabelMatcher[] matchers)
    {
        Metric = metric;
        _matchers = matchers;
    }

    public string Metric { get; }

    /// <summary>Gets whether it is one of our histograms, of which the observations are counted: those are of times, and nothing else that is counted is.</summary>
    public bool IsOfTimes => Metric.EndsWith("_seconds", StringComparison.Ordinal);

    /// <summary>Reads matchers as <see cref="LabelMatcher.Parse"/> does.</summary>
    public static Selector Of(string metric, params string[] matchers) => new(metric, [.. matchers.Select(LabelMatcher.Parse)]);

    public Selector With(string matcher) => With(LabelMatcher.Parse(matcher));

    public Selector With(LabelMatcher matcher) => new(Metric, [.. _matchers, matcher]);

    /// <summary>Narrows the buckets of a histogram to the one with an edge. Prometheus 3 writes le="1.0" where 2 writes le="1".</summary>
    public Selector UpTo(double edge) => With(edge % 1 == 0 ? $"le=~\"{PromQL.Text(edge)}(\\\\.0)?\"" : $"le=\"{PromQL.Text(edge)}\"");

    /// <summary>Narrows it to what an alert is about: its operation and its dependency.</summary>
    public Selector Of(AlertLabels labels)
    {
        IEnumerable<LabelMatcher> own = from name in (string[])[AlertLabels.OperationType, AlertLabels.Operation, AlertLabels.Dependency]
                                        where labels[name].Length > 0
                                        select LabelMatcher.Equal(name, labels[name]);
        return new Selector(Metric, [.. _matchers, .. own]);
    }

    public bool Matches(SampledSeries series)
    {
        foreach (LabelMatcher matcher in _matchers)
        {
            if (!matcher.Matches(series.Label(matcher.Name)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the selector, of a histogram that of one of its parts.</summary>
    public string ToPromQL(PromQLFormat format, string suffix = "") => Text(format.Metric(Metric) + suffix);

    public bool Equals(Selector? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as Selector);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text(Metric);

    private string Text(string name) => _matchers.Length == 0 ? name : $"{name}{{{string.Join(", ", _matchers.AsEnumerable())}}}";
}
