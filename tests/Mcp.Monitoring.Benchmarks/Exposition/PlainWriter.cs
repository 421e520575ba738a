using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Benchmarks.Exposition;

/// <summary>What one would write first: every line from its parts, straight into UTF-8 and one buffer that is kept. Nothing else is kept.</summary>
internal sealed class PlainWriter(string service)
{
    private static readonly SearchValues<char> s_escaped = SearchValues.Create("\\\"\n");
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public bool IsOpenMetrics { get; private set; }

    public void Begin(ExpositionFormat format)
    {
        IsOpenMetrics = format == ExpositionFormat.OpenMetrics;
        _length = 0;
    }

    public void Header(MetricDefinition metric)
    {
        var counter = metric.Kind == MetricKind.Counter;
        var name = IsOpenMetrics && counter ? metric.Name.AsSpan(0, metric.Name.Length - "_total".Length) : metric.Name;
        Append("# HELP "u8);
        Append(name);
        Append(" "u8);
        AppendEscaped(metric.Help);
        Append("\n# TYPE "u8);
        Append(name);
        Append(counter ? " counter\n"u8 : metric.Kind == MetricKind.Gauge ? " gauge\n"u8 : " histogram\n"u8);
        if (IsOpenMetrics && metric.Unit is { } unit)
        {
            Append("# UNIT "u8);
            Append(name);
            Append(" "u8);
            Append(unit);
            Append("\n"u8);
        }
    }

    public void Sample(MetricDefinition metric, ReadOnlySpan<string> labels, long value, Exemplar? exemplar = null)
    {
        Series(metric, suffix: "", labels, le: null);
        Append(value);
        Exemplar(exemplar, value: 1);
        Append("\n"u8);
    }

    public void Sample(MetricDefinition metric, ReadOnlySpan<string> labels, double value)
    {
        Series(metric, suffix: "", labels, le: null);
        Append(value);
        Append("\n"u8);
    }

    public void Bucket(MetricDefinition metric, ReadOnlySpan<string> labels, double le, long count, Exemplar? exemplar, double exemplarSeconds)
    {
        Series(metric, "_bucket", labels, le);
        Append(count);
        Exemplar(exemplar, exemplarSeconds);
        Append("\n"u8);
    }

    public void SumAndCount(MetricDefinition metric, ReadOnlySpan<string> labels, double sum, long count)
    {
        Series(metric, "_sum", labels, le: null);
        Append(sum);
        Append("\n"u8);
        Series(metric, "_count", labels, le: null);
        Append(count);
        Append("\n"u8);
    }

    public void End()
    {
        if (IsOpenMetrics)
        {
            Append("# EOF\n"u8);
        }
    }

    private void Series(MetricDefinition metric, string suffix, ReadOnlySpan<string> labels, double? le)
    {
        Append(metric.Name);
        Append(suffix);
        Append("{"u8);
        for (var i = 0; i < labels.Length; i++)
        {
            Label(metric.Labels[i], labels[i]);
            Append(","u8);
        }

        Label("mcp_service", service);
        if (le is { } bound)
        {
            Append(",le=\""u8);
            Bound(bound);
            Append("\""u8);
        }

        Append("} "u8);
    }

    private void Label(string name, string value)
    {
        Append(name);
        Append("=\""u8);
        AppendEscaped(value);
        Append("\""u8);
    }

    private void Bound(double bound)
    {
        if (double.IsPositiveInfinity(bound))
        {
            Append("+Inf"u8);
            return;
        }

        Append(bound);
        if (IsOpenMetrics && bound == Math.Floor(bound))
        {
            Append(".0"u8);
        }
    }

    private void Exemplar(Exemplar? exemplar, double value)
    {
        if (exemplar is null || !IsOpenMetrics)
        {
            return;
        }

        Append(" # {"u8);
        if (exemplar.TraceId is { } trace)
        {
            Label("trace_id", trace);
        }

        if (exemplar.CorrelationId is { } correlation)
        {
            Append(exemplar.TraceId is null ? ""u8 : ","u8);
            Label("correlation_id", correlation);
        }

        Append("} "u8);
        Append(value);
        Append(" "u8);
        Append(exemplar.UnixSeconds);
    }

    private void AppendEscaped(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny(s_escaped) is >= 0 and var i)
        {
            Append(rest[..i]);
            Append(rest[i] switch
            {
                '\\' => @"\\"u8,
                '"' => "\\\""u8,
                _ => "\\n"u8,
            });
            rest = rest[(i + 1)..];
        }

        Append(rest);
    }

    private void Append(ReadOnlySpan<char> text) => _length += Encoding.UTF8.GetBytes(text, Room(3 * text.Length));

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    private void Append(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    private void Append(double value)
    {
        Utf8Formatter.TryFormat(value, Room(32), out var written);
        _length += written;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, (2 * _buffer.Length) + bytes);
        }

        return _buffer.AsSpan(_length);
    }
}
