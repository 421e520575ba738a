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
internal sealed class LineText(string prefix, string? service)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

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

    public byte[] Header(MetricDefinition definition, ExpositionFormat format)
    {
        bool open = format == ExpositionFormat.OpenMetrics;
        string name = definition.NameWith(prefix);
        if (open && definition.Kind == MetricKind.Counter)
        {
            name = name[..^"_total".Length];
        }

        var text = new StringBuilder();
        string help = definition.Help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {(open ? help.Replace("\"", "\\\"", StringComparison.Ordinal) : help)}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {definition.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            _ => "histogram",
        }}\n");
        if (open && definition.Unit is { } unit)
        {
            text.Append(CultureInfo.InvariantCulture, $"# UNIT {name} {unit}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

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

    public void AppendHistogram(Builder lines, MetricDefinition definition, ExpositionFormat format, LatencyBuckets buckets, params ReadOnlySpan<string> values)
    {
        foreach (double bound in buckets.Bounds)
        {
            AppendLine(lines, definition, "_bucket", values, Bound(bound, format));
        }

        AppendLine(lines, definition, "_bucket", values, "+Inf");
        AppendLine(lines, definition, "_sum", values, le: null);
        AppendLine(lines, definition, "_count", values, le: null);
    }

    public void AppendLine(Builder lines, MetricDefinition definition, string suffix, ReadOnlySpan<string> values, string? le)
    {
        StringBuilder text = lines.Text;
        text.Append(definition.NameWith(prefix)).Append(suffix);
        char separator = '{';
        for (int i = 0; i < values.Length; i++)
        {
            AppendLabel(text, ref separator, definition.Labels[i], values[i]);
        }

        if (service is not null)
        {
            AppendLabel(text, ref separator, "mcp_service", service);
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
        return format == ExpositionFormat.OpenMetrics && !text.AsSpan().ContainsAny('.', 'E') ? text + ".0" : text;
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

        public LineSet Build() => new(_encoded.WrittenSpan.ToArray(), [.. _ends]);
    }
}
