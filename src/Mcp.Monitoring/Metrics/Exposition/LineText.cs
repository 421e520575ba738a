using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>
/// Builds what does not change from scrape to scrape: headers and the beginnings of lines, as the Prometheus text format 0.0.4 and OpenMetrics 1.0
/// escape them.
/// </summary>
/// <param name="prefix">What takes the place of <c>mcp</c> at the start of each name.</param>
/// <param name="service">The value of the label <c>mcp_service</c> on every line, or <see langword="null"/> for none.</param>
internal class LineText(string prefix, string? service)
{
    protected const string ServiceLabel = "mcp_service";

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

    protected string? Service => service;

    /// <summary>Escapes the value of a label; nearly all are returned as they are.</summary>
    public static string Escape(string value)
    {
        if (!value.AsSpan().ContainsAny(Escaped))
        {
            return value;
        }

        var text = new StringBuilder();
        AppendEscaped(text, value);
        return text.ToString();
    }

    public byte[] Header(MetricDefinition definition, ExpositionFormat format) =>
        Header(definition.NameWith(prefix), definition.Kind, definition.Help, definition.Unit, format);

    /// <param name="name">The whole name; that of a counter ends in <c>_total</c>.</param>
    /// <param name="kind">What the metric is.</param>
    /// <param name="description">The text of HELP, not yet escaped.</param>
    /// <param name="unit">The word that the name ends in, but for <c>_total</c>; or <see langword="null"/>.</param>
    /// <param name="format">The format to write for.</param>
    public static byte[] Header(string name, MetricKind kind, string description, string? unit, ExpositionFormat format)
    {
        if (format == ExpositionFormat.Protobuf)
        {
            return ProtobufText.Header(name, TypeOf(kind), description, unit);
        }

        bool open = format == ExpositionFormat.OpenMetrics;
        if (open && kind == MetricKind.Counter)
        {
            name = name[..^"_total".Length];
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Help(description, format)}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            _ => "histogram",
        }}\n");
        if (open && unit is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"# UNIT {name} {unit}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Escapes the text of HELP.</summary>
    public static string Help(string description, ExpositionFormat format)
    {
        string help = description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return format == ExpositionFormat.OpenMetrics ? help.Replace("\"", "\\\"", StringComparison.Ordinal) : help;
    }

    public static MessageType TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => MessageType.Counter,
        MetricKind.Gauge => MessageType.Gauge,
        _ => MessageType.Histogram,
    };

    public LineSet Single(MetricDefinition definition, params ReadOnlySpan<string> values)
    {
        var lines = new Builder();
        AppendLine(lines, definition, suffix: "", values, le: null);
        return lines.Build();
    }

    /// <summary>Builds a line for each bucket, then the sum, then the count.</summary>
    public LineSet Histogram(MetricDefinition definition, ExpositionFormat format, LatencyBuckets buckets, params ReadOnlySpan<string> values)
    {
        var lines = new Builder();
        AppendHistogram(lines, definition, format, buckets, values);
        return lines.Build();
    }

    public void AppendHistogram(Builder lines, MetricDefinition definition, ExpositionFormat format, LatencyBuckets buckets, params ReadOnlySpan<string> values) =>
        AppendHistogram(lines, definition.NameWith(prefix), format, buckets.Bounds, definition.Labels, values);

    public virtual void AppendHistogram(
        Builder lines, string name, ExpositionFormat format, IReadOnlyList<double> bounds, ReadOnlySpan<string> labels, ReadOnlySpan<string> values)
    {
        foreach (double bound in bounds)
        {
            AppendLine(lines, name, "_bucket", labels, values, Bound(bound, format));
        }

        AppendLine(lines, name, "_bucket", labels, values, "+Inf");
        AppendLine(lines, name, "_sum", labels, values, le: null);
        AppendLine(lines, name, "_count", labels, values, le: null);
    }

    public void AppendLine(Builder lines, MetricDefinition definition, string suffix, ReadOnlySpan<string> values, string? le) =>
        AppendLine(lines, definition.NameWith(prefix), suffix, definition.Labels, values, le);

    public virtual void AppendLine(Builder lines, string name, string suffix, ReadOnlySpan<string> labels, ReadOnlySpan<string> values, string? le)
    {
        StringBuilder text = lines.Text;
        text.Append(name).Append(suffix);
        char separator = '{';
        for (int i = 0; i < values.Length; i++)
        {
            AppendLabel(text, ref separator, labels[i], values[i]);
        }

        if (service is not null)
        {
            AppendLabel(text, ref separator, ServiceLabel, service);
        }

        if (le is not null)
        {
            AppendLabel(text, ref separator, "le", le);
        }

        text.Append(separator == '{' ? " " : "} ");
        lines.EndLine();
    }

    private static void AppendLabel(StringBuilder text, ref char separator, string name, string value)
    {
        text.Append(separator).Append(name).Append("=\"");
        AppendEscaped(text, value);
        text.Append('"');
        separator = ',';
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        if (!value.AsSpan().ContainsAny(Escaped))
        {
            text.Append(value);
            return;
        }

        foreach (char c in value)
        {
            text.Append(c switch
            {
                '\\' => @"\\",
                '"' => "\\\"",
                '\n' => "\\n",
                _ => c.ToString(),
            });
        }
    }

    // OpenMetrics wants canonical floating point numbers, with a fraction.
    private static string Bound(double bound, ExpositionFormat format)
    {
        string text = bound.ToString("R", CultureInfo.InvariantCulture);
        return format != ExpositionFormat.OpenMetrics ? text : text.AsSpan().ContainsAny('.', 'E') ? text.Replace('E', 'e') : text + ".0";
    }

    internal sealed class Builder
    {
        private readonly ArrayBufferWriter<byte> _encoded = new();
        private readonly List<int> _ends = [];

        public StringBuilder Text { get; } = new();

        public void EndLine()
        {
            Encoding.UTF8.GetBytes(Text.ToString(), _encoded);
            Text.Clear();
            _ends.Add(_encoded.WrittenCount);
        }

        /// <summary>Adds a line that is encoded already.</summary>
        public void EndLine(ReadOnlySpan<byte> encoded)
        {
            _encoded.Write(encoded);
            _ends.Add(_encoded.WrittenCount);
        }

        public LineSet Build() => new(_encoded.WrittenSpan.ToArray(), [.. _ends]);
    }
}
