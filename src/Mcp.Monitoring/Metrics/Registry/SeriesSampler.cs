namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>
/// Takes the value of every series at one instant. A family hands over its lists one after the other, each in an order that never changes: lists only grow, so a series
/// is known by where it stands. What is new is introduced before its first value.
/// </summary>
internal abstract class SeriesSampler
{
    /// <summary>Begins a list of a family.</summary>
    /// <returns>How many of its series are known.</returns>
    public abstract int Begin(MetricFamily family, int list = 0);

    /// <summary>Introduces the next series by the values of its labels.</summary>
    public abstract void Introduce(params string[] values);

    public abstract void Counter(long value);

    /// <summary>Takes a counter that is no whole number, of a family that says so.</summary>
    public abstract void Counter(double value);

    /// <summary>Takes a gauge; NaN is one that is absent.</summary>
    public abstract void Gauge(double value);

    /// <summary>Takes a histogram: how many observations each bucket has on its own, and their sum in ticks of the clock.</summary>
    public abstract void Histogram(ReadOnlySpan<long> counts, long ticks);

    /// <summary>Gets whether a metric of somebody else's meter is to be taken.</summary>
    public abstract bool Wants(string metric);

    /// <summary>Takes a number of somebody else's meter, whose series come and go.</summary>
    /// <param name="metric">The name, as it is on the page.</param>
    /// <param name="kind">What the metric is.</param>
    /// <param name="names">The names of the labels.</param>
    /// <param name="values">Their values.</param>
    /// <param name="key">All labels as one text.</param>
    /// <param name="value">The value.</param>
    /// <param name="isBorn">Whether it was not there, and so 0, when the sampler last looked.</param>
    public abstract void Other(string metric, MetricKind kind, string[] names, string[] values, string key, double value, bool isBorn);

    /// <summary>Takes a histogram of somebody else's meter.</summary>
    public abstract void Other(
        string metric, IReadOnlyList<double> bounds, string[] names, string[] values, string key, ReadOnlySpan<long> counts, double sum, bool isBorn);
}
