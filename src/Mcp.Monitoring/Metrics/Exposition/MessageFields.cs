namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>The numbers of the fields of <c>io.prometheus.client.MetricFamily</c> and of the messages within it (client_model, metrics.proto).</summary>
internal static class MessageFields
{
    public static class Family
    {
        public const int Name = 1, Help = 2, Type = 3, Metric = 4, Unit = 5;
    }

    public static class Metric
    {
        public const int Label = 1, Gauge = 2, Counter = 3, Summary = 4, Untyped = 5, Histogram = 7;
    }

    public static class Label
    {
        public const int Name = 1, Value = 2;
    }

    /// <summary>Of counters, gauges and what is untyped.</summary>
    public static class Number
    {
        public const int Value = 1, Exemplar = 2;
    }

    public static class Summary
    {
        public const int Count = 1, Sum = 2, Quantile = 3;
    }

    public static class Quantile
    {
        public const int Rank = 1, Value = 2;
    }

    public static class Histogram
    {
        public const int Count = 1, Sum = 2, Bucket = 3, Schema = 5, ZeroThreshold = 6, ZeroCount = 7, PositiveSpan = 12, PositiveDelta = 13;
    }

    public static class Bucket
    {
        public const int CumulativeCount = 1, UpperBound = 2, Exemplar = 3;
    }

    public static class Span
    {
        public const int Offset = 1, Length = 2;
    }

    public static class Exemplar
    {
        public const int Label = 1, Value = 2, Timestamp = 3;
    }

    public static class Timestamp
    {
        public const int Seconds = 1, Nanoseconds = 2;
    }
}
