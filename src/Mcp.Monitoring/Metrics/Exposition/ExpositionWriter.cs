using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>Renders a scrape into memory of its own, which it keeps for the next one: after the first scrape nothing is allocated.</summary>
internal sealed class ExpositionWriter(LineText text, long frequency)
{
    // The longest number: 19 digits, a sign, a point; doubles take at most 24.
    private const int LongestNumber = 32;
    private const int NanosecondDigits = 9;

    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public LineText Text => text;

    public ExpositionFormat Format { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Begin(ExpositionFormat format)
    {
        Format = format;
        _length = 0;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Sample(LineSet lines, int line, long value)
    {
        BeginSample(lines[line]);
        WriteLong(value);
        EndLine();
    }

    public void Sample(LineSet lines, int line, double value)
    {
        BeginSample(lines[line]);
        WriteDouble(value);
        EndLine();
    }

    public void Sample(LineSet lines, int line, long value, Exemplar? exemplar, bool isDuration)
    {
        BeginSample(lines[line]);
        WriteLong(value);
        if (exemplar is not null && Format == ExpositionFormat.OpenMetrics)
        {
            WriteExemplar(exemplar, isDuration);
        }

        EndLine();
    }

    /// <summary>Writes the lines of a histogram: its buckets, the sum and the count.</summary>
    public void Histogram<TCells>(
        LineSet lines, int line, int buckets, TCells cells, Func<TCells, int, long> count, Func<TCells, int, Exemplar?> exemplar, long sum)
    {
        long total = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            total += count(cells, bucket);
            Sample(lines, line++, total, exemplar(cells, bucket), isDuration: true);
        }

        BeginSample(lines[line++]);
        WriteSeconds(sum);
        EndLine();
        Sample(lines, line, total);
    }

    private void BeginSample(ReadOnlySpan<byte> beginning)
    {
        Reserve(beginning.Length + LongestNumber + 1);
        beginning.CopyTo(_buffer.AsSpan(_length));
        _length += beginning.Length;
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
        (long seconds, long rest) = Math.DivRem(ticks, frequency);
        WriteLong(seconds);
        if (rest == 0)
        {
            return;
        }

        long nanoseconds = (long)((Int128)rest * 1_000_000_000 / frequency);
        Span<byte> digits = _buffer.AsSpan(_length, 1 + NanosecondDigits);
        int length = 1;
        digits[0] = (byte)'.';
        for (int i = NanosecondDigits; i > 0; i--)
        {
            (nanoseconds, long digit) = Math.DivRem(nanoseconds, 10);
            digits[i] = (byte)('0' + digit);
            if (digit != 0 && length == 1)
            {
                length = i + 1;
            }
        }

        _length += length == 1 ? 0 : length;
    }

    private void WriteExemplar(Exemplar exemplar, bool isDuration)
    {
        Write(" # {"u8);
        if (exemplar.TraceId is { } trace)
        {
            Write("trace_id=\""u8);
            WriteText(trace);
            Write("\""u8);
        }

        if (exemplar.CorrelationId is { } correlation)
        {
            Write(exemplar.TraceId is null ? "correlation_id=\""u8 : ",correlation_id=\""u8);
            WriteText(correlation);
            Write("\""u8);
        }

        Write("} "u8);
        Reserve(2 * LongestNumber + 2);
        if (isDuration)
        {
            WriteSeconds(exemplar.Ticks);
        }
        else
        {
            WriteLong(1);
        }

        _buffer[_length++] = (byte)' ';
        Utf8Formatter.TryFormat(exemplar.UnixSeconds, _buffer.AsSpan(_length), out int written, new System.Buffers.StandardFormat('F', 3));
        _length += written;
        Reserve(1);
    }

    private void WriteText(string value)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(value.Length));
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
