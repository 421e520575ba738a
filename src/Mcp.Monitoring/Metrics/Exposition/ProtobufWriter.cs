namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>Renders a scrape as messages, each family after its length (client_model, metrics.proto), into memory that it keeps.</summary>
internal sealed class ProtobufWriter(ProtobufText text, double frequency)
{
    // Empty buckets between others are written rather than skipped up to this many: a span takes more.
    private const int MostEmpty = 2;
    private const int UsualLength = 16 * 1024;
    private const int NanosecondsPerMillisecond = 1_000_000;

    private readonly ProtobufBuffer _buffer = new(UsualLength);
    private int _family;
    private int _headerEnd;

    public ProtobufText Text => text;

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    /// <summary>Gets the field that the numbers of the family are in; of what is neither a counter nor a gauge they have no type.</summary>
    public int NumberField { get; private set; }

    /// <summary>Gets what is written, for messages of other kinds.</summary>
    public ProtobufBuffer Buffer => _buffer;

    public void Begin() => _buffer.Clear();

    public void BeginFamily(ReadOnlySpan<byte> header, MessageType type)
    {
        _family = _buffer.Begin();
        _buffer.Encoded(header);
        _headerEnd = _buffer.Written.Length;
        NumberField = type switch
        {
            MessageType.Counter => MessageFields.Metric.Counter,
            MessageType.Gauge => MessageFields.Metric.Gauge,
            _ => MessageFields.Metric.Untyped,
        };
    }

    /// <summary>Ends a family; one without series is left out, as a reader expects at least one.</summary>
    public void EndFamily()
    {
        if (_buffer.Written.Length == _headerEnd)
        {
            _buffer.Cancel(_family);
        }
        else
        {
            _buffer.End(_family);
        }
    }

    /// <summary>Writes a counter, a gauge or what has no type.</summary>
    public void Sample(ReadOnlySpan<byte> labels, double value, Exemplar? exemplar = null)
    {
        int metric = _buffer.Begin(MessageFields.Family.Metric);
        _buffer.Encoded(labels);
        int number = _buffer.Begin(NumberField);
        _buffer.Double(MessageFields.Number.Value, value);
        Exemplar(MessageFields.Number.Exemplar, exemplar, value: 1);
        _buffer.End(number);
        _buffer.End(metric);
    }

    /// <param name="lines">The bounds of the buckets, then the labels.</param>
    /// <param name="line">The first of them.</param>
    /// <param name="counts">What each classic bucket has on its own.</param>
    /// <param name="exemplars">One for each, or none at all.</param>
    /// <param name="sum">The sum of all.</param>
    /// <param name="native">What each cell of <see cref="NativeSchema"/> has, read before the others; or nothing.</param>
    public void Histogram(LineSet lines, int line, ReadOnlySpan<long> counts, ReadOnlySpan<Exemplar?> exemplars, double sum, ReadOnlySpan<long> native)
    {
        int metric = _buffer.Begin(MessageFields.Family.Metric);
        _buffer.Encoded(lines[line + counts.Length]);
        int histogram = _buffer.Begin(MessageFields.Metric.Histogram);

        // A reader refuses native buckets that do not add up to the count. What was recorded since they were read comes with the next scrape.
        long count = Sum(native.IsEmpty ? counts : native);
        _buffer.Unsigned(MessageFields.Histogram.Count, (ulong)count);
        _buffer.Double(MessageFields.Histogram.Sum, sum);
        long total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            int bucket = _buffer.Begin(MessageFields.Histogram.Bucket);
            _buffer.Unsigned(MessageFields.Bucket.CumulativeCount, (ulong)(i == counts.Length - 1 ? count : Math.Min(total, count)));
            _buffer.Encoded(lines[line + i]);
            if (i < exemplars.Length && exemplars[i] is { } exemplar)
            {
                Exemplar(MessageFields.Bucket.Exemplar, exemplar, exemplar.Ticks / frequency);
            }

            _buffer.End(bucket);
        }

        if (!native.IsEmpty)
        {
            Native(native);
        }

        _buffer.End(histogram);
        _buffer.End(metric);
    }

    public double Seconds(long ticks) => ticks / frequency;

    /// <summary>Writes when an exemplar was, to the millisecond.</summary>
    public void Timestamp(double unixSeconds)
    {
        (long seconds, long milliseconds) = Math.DivRem((long)Math.Round(unixSeconds * 1000), 1000);
        int timestamp = _buffer.Begin(MessageFields.Exemplar.Timestamp);
        _buffer.Unsigned(MessageFields.Timestamp.Seconds, (ulong)seconds);
        _buffer.Unsigned(MessageFields.Timestamp.Nanoseconds, (ulong)(milliseconds * NanosecondsPerMillisecond));
        _buffer.End(timestamp);
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }

        return sum;
    }

    private void Native(ReadOnlySpan<long> cells)
    {
        _buffer.Signed(MessageFields.Histogram.Schema, NativeSchema.Schema);
        _buffer.Double(MessageFields.Histogram.ZeroThreshold, NativeSchema.ZeroThreshold);
        _buffer.Unsigned(MessageFields.Histogram.ZeroCount, (ulong)cells[0]);
        ReadOnlySpan<long> buckets = cells[1..];
        int next = 0;
        long before = 0;
        for (int first = Populated(buckets, 0); first < buckets.Length; first = Populated(buckets, next))
        {
            // The first span says where it begins, the others how many empty buckets are before them.
            int offset = next == 0 ? NativeSchema.FirstIndex + first : first - next;
            next = SpanEnd(buckets, first);
            int span = _buffer.Begin(MessageFields.Histogram.PositiveSpan);
            _buffer.Signed(MessageFields.Span.Offset, offset);
            _buffer.Unsigned(MessageFields.Span.Length, (ulong)(next - first));
            _buffer.End(span);
            foreach (long count in buckets[first..next])
            {
                _buffer.Signed(MessageFields.Histogram.PositiveDelta, count - before);
                before = count;
            }
        }
    }

    private static int SpanEnd(ReadOnlySpan<long> buckets, int first)
    {
        int end = first + 1;
        int populated = Populated(buckets, end);
        while (populated < buckets.Length && populated - end <= MostEmpty)
        {
            end = populated + 1;
            populated = Populated(buckets, end);
        }

        return end;
    }

    private static int Populated(ReadOnlySpan<long> buckets, int from)
    {
        int found = buckets[from..].IndexOfAnyExcept(0L);
        return found < 0 ? buckets.Length : from + found;
    }

    private void Exemplar(int field, Exemplar? exemplar, double value)
    {
        if (exemplar is null)
        {
            return;
        }

        int message = _buffer.Begin(field);
        if (!string.IsNullOrEmpty(exemplar.TraceId))
        {
            ProtobufText.Label(_buffer, MessageFields.Exemplar.Label, Metrics.Exemplar.TraceIdLabel, exemplar.TraceId);
        }

        if (!string.IsNullOrEmpty(exemplar.CorrelationId))
        {
            ProtobufText.Label(_buffer, MessageFields.Exemplar.Label, Metrics.Exemplar.CorrelationIdLabel, exemplar.CorrelationId);
        }

        _buffer.Double(MessageFields.Exemplar.Value, value);
        Timestamp(exemplar.UnixSeconds);
        _buffer.End(message);
    }
}
