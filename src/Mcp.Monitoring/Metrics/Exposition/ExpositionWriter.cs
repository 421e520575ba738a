using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>Renders a scrape into memory of its own, which it keeps for the next one: after the first scrape nothing is allocated.</summary>
internal sealed class ExpositionWriter(LineText text, ProtobufText protobufText, long frequency)
{
    // The longest number: 19 digits, a sign, a point; doubles take at most 24.
    private const int LongestNumber = 32;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // What stands around the ids of an exemplar, two numbers, and the end of the line.
    private const int LongestExemplar = 48 + (2 * LongestNumber);

    private readonly long[] _native = new long[NativeSchema.Cells];
    private ProtobufWriter? _protobuf;
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public LineText Text => IsProtobuf ? protobufText : text;

    public ExpositionFormat Format { get; private set; }

    /// <summary>Gets who writes messages; it is asked only in that format.</summary>
    public ProtobufWriter Protobuf => _protobuf ??= new ProtobufWriter(protobufText, frequency);

    /// <summary>Gets room for the native buckets of one series after the other, or none in a format without them.</summary>
    public Span<long> NativeRoom => IsProtobuf ? _native : [];

    public ReadOnlyMemory<byte> Written => IsProtobuf ? Protobuf.Written : _buffer.AsMemory(0, _length);

    private bool IsProtobuf => Format == ExpositionFormat.Protobuf;

    public void Begin(ExpositionFormat format)
    {
        Format = format;
        _length = 0;
        if (IsProtobuf)
        {
            Protobuf.Begin();
        }
    }

    public void BeginFamily(ReadOnlySpan<byte> header, MetricKind kind)
    {
        if (IsProtobuf)
        {
            Protobuf.BeginFamily(header, LineText.TypeOf(kind));
        }
        else
        {
            Write(header);
        }
    }

    public void EndFamily()
    {
        if (IsProtobuf)
        {
            Protobuf.EndFamily();
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        Append(bytes);
    }

    public void Sample(LineSet lines, int line, long value)
    {
        if (IsProtobuf)
        {
            Protobuf.Sample(lines[line], value);
            return;
        }

        BeginSample(lines[line]);
        WriteLong(value);
        EndLine();
    }

    public void Sample(LineSet lines, int line, ulong value)
    {
        if (IsProtobuf)
        {
            Protobuf.Sample(lines[line], value);
            return;
        }

        BeginSample(lines[line]);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out int written);
        _length += written;
        EndLine();
    }

    public void Sample(LineSet lines, int line, double value)
    {
        if (IsProtobuf)
        {
            Protobuf.Sample(lines[line], value);
            return;
        }

        BeginSample(lines[line]);
        WriteDouble(value);
        EndLine();
    }

    public void Sample(LineSet lines, int line, long value, Exemplar? exemplar, bool isDuration)
    {
        if (IsProtobuf)
        {
            Protobuf.Sample(lines[line], value, exemplar);
            return;
        }

        BeginSample(lines[line]);
        WriteLong(value);
        if (exemplar is not null && Format == ExpositionFormat.OpenMetrics)
        {
            WriteExemplar(exemplar, isDuration);
        }

        EndLine();
    }

    /// <summary>Writes the lines of a histogram: its buckets, the sum and the count.</summary>
    /// <param name="lines">The beginnings of lines.</param>
    /// <param name="line">The first line.</param>
    /// <param name="counts">What each bucket has on its own.</param>
    /// <param name="exemplars">One for each bucket, or none at all.</param>
    /// <param name="sum">The sum in ticks.</param>
    /// <param name="native">What was read into <see cref="NativeRoom"/>, before <paramref name="counts"/>; nothing where there is none.</param>
    /// <returns>The line after them.</returns>
    public int Histogram(LineSet lines, int line, ReadOnlySpan<long> counts, ReadOnlySpan<Exemplar?> exemplars, long sum, ReadOnlySpan<long> native)
    {
        if (IsProtobuf)
        {
            Protobuf.Histogram(lines, line, counts, exemplars, Protobuf.Seconds(sum), native);
            return line + counts.Length + 2;
        }

        long total = Buckets(lines, ref line, counts, exemplars);
        BeginSample(lines[line++]);
        WriteSeconds(sum);
        EndLine();
        Sample(lines, line++, total);
        return line;
    }

    /// <summary>Writes the lines of a histogram of any numbers.</summary>
    public void Histogram(LineSet lines, ReadOnlySpan<long> counts, double sum)
    {
        if (IsProtobuf)
        {
            Protobuf.Histogram(lines, line: 0, counts, exemplars: [], sum, native: []);
            return;
        }

        int line = 0;
        long total = Buckets(lines, ref line, counts, exemplars: []);
        Sample(lines, line++, sum);
        Sample(lines, line, total);
    }

    /// <summary>Writes the buckets of a histogram without its sum and count.</summary>
    public void Buckets(LineSet lines, ReadOnlySpan<long> counts)
    {
        int line = 0;
        Buckets(lines, ref line, counts, exemplars: []);
    }

    private long Buckets(LineSet lines, ref int line, ReadOnlySpan<long> counts, ReadOnlySpan<Exemplar?> exemplars)
    {
        long total = 0;
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            total += counts[bucket];
            Sample(lines, line++, total, bucket < exemplars.Length ? exemplars[bucket] : null, isDuration: true);
        }

        return total;
    }

    private void BeginSample(ReadOnlySpan<byte> beginning)
    {
        Reserve(beginning.Length + LongestNumber + 1);
        Append(beginning);
    }

    private void EndLine() => _buffer[_length++] = (byte)'\n';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteLong(long value)
    {
        if ((ulong)value < 10)
        {
            _buffer[_length++] = (byte)('0' + value);
            return;
        }

        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out int written);
        _length += written;
    }

    private void WriteDouble(double value)
    {
        if (value == Math.Floor(value) && Math.Abs(value) < 1L << 53)
        {
            WriteLong((long)value);
        }
        else if (double.IsFinite(value))
        {
            Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out int written);
            _length += written;
        }
        else
        {
            ReadOnlySpan<byte> special = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
            special.CopyTo(_buffer.AsSpan(_length));
            _length += special.Length;
        }
    }

    // Ticks are integers, so seconds have an exact decimal form: no rounding, no floating point.
    private void WriteSeconds(long ticks)
    {
        if (frequency == NanosecondsPerSecond)
        {
            // The usual case; dividing by a constant is several times faster.
            (long seconds, long nanoseconds) = Math.DivRem(ticks, NanosecondsPerSecond);
            WriteDecimal(seconds, (uint)nanoseconds, digits: 9);
        }
        else
        {
            (long seconds, long rest) = Math.DivRem(ticks, frequency);
            WriteDecimal(seconds, (uint)((Int128)rest * NanosecondsPerSecond / frequency), digits: 9);
        }
    }

    private void WriteUnixSeconds(double seconds)
    {
        (long whole, long milliseconds) = Math.DivRem((long)Math.Round(seconds * 1000), 1000);
        WriteDecimal(whole, (uint)milliseconds, digits: 3);
    }

    private void WriteDecimal(long whole, uint fraction, int digits)
    {
        WriteLong(whole);
        if (fraction == 0)
        {
            return;
        }

        while (fraction % 10 == 0)
        {
            fraction /= 10;
            digits--;
        }

        Span<byte> decimals = _buffer.AsSpan(_length, 1 + digits);
        decimals[0] = (byte)'.';
        for (int i = digits; i > 0; i--)
        {
            (fraction, uint digit) = Math.DivRem(fraction, 10);
            decimals[i] = (byte)('0' + digit);
        }

        _length += decimals.Length;
    }

    private void WriteExemplar(Exemplar exemplar, bool isDuration)
    {
        string trace = exemplar.TraceId ?? "";
        string correlation = exemplar.CorrelationId ?? "";
        Reserve(LongestExemplar + Encoding.UTF8.GetMaxByteCount(trace.Length + correlation.Length));
        Append(" # {"u8);
        if (trace.Length > 0)
        {
            Append(Exemplar.TraceIdLabel);
            Append("=\""u8);
            Append(trace);
            Append(correlation.Length > 0 ? "\","u8 : "\""u8);
        }

        if (correlation.Length > 0)
        {
            Append(Exemplar.CorrelationIdLabel);
            Append("=\""u8);
            Append(correlation);
            Append("\""u8);
        }

        Append("} "u8);
        if (isDuration)
        {
            WriteSeconds(exemplar.Ticks);
        }
        else
        {
            WriteLong(1);
        }

        Append(" "u8);
        WriteUnixSeconds(exemplar.UnixSeconds);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Append(string characters) => _length += Encoding.UTF8.GetBytes(LineText.Escape(characters), _buffer.AsSpan(_length));

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
