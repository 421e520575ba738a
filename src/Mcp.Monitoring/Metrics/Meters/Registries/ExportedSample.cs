using System.Buffers.Text;
using System.Text;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>A line of a metric in Prometheus text: <c>name{label="value"} 1.5</c>, in OpenMetrics perhaps with an exemplar.</summary>
internal readonly record struct ExportedSample(string Name, IReadOnlyList<(string Name, string Value)> Labels, double Value, ExportedExemplar? Exemplar = null)
{
    public const string BoundLabel = "le";

    private static readonly byte[] ExemplarMark = " # "u8.ToArray();

    /// <summary>Gets the upper bound of a bucket, NaN for what is none.</summary>
    public double Bound => NumberOf(BoundLabel);

    /// <summary>Reads the lines of a metric; what is no sample is left out.</summary>
    public static IEnumerable<ExportedSample> Read(ReadOnlyMemory<byte> lines)
    {
        while (lines.Length > 0)
        {
            int end = lines.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            if (Parse(line.Span) is { } sample)
            {
                yield return sample;
            }
        }
    }

    /// <summary>Gets the number that a label says, or NaN.</summary>
    public double NumberOf(string label)
    {
        string? text = Labels.FirstOrDefault(other => other.Name == label).Value;
        return text is not null && TryParse(Encoding.UTF8.GetBytes(text), out double number) ? number : double.NaN;
    }

    private static ExportedSample? Parse(ReadOnlySpan<byte> line)
    {
        int nameEnd = line.IndexOfAny((byte)'{', (byte)' ');
        if (nameEnd <= 0)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(line[..nameEnd]);
        ReadOnlySpan<byte> rest = line[nameEnd..];
        if (TakeLabels(ref rest) is not { } labels)
        {
            return null;
        }

        int mark = rest.IndexOf(ExemplarMark);
        ExportedExemplar? exemplar = mark < 0 ? null : ParseExemplar(rest[(mark + ExemplarMark.Length)..]);
        return TryTakeNumber(ref rest, out double value) ? new ExportedSample(name, labels, value, exemplar) : null;
    }

    private static ExportedExemplar? ParseExemplar(ReadOnlySpan<byte> text) =>
        TakeLabels(ref text) is { } labels && TryTakeNumber(ref text, out double value)
            ? new ExportedExemplar(labels, value, TryTakeNumber(ref text, out double unixSeconds) ? unixSeconds : null)
            : null;

    private static List<(string Name, string Value)>? TakeLabels(ref ReadOnlySpan<byte> rest)
    {
        var labels = new List<(string Name, string Value)>();
        if (!rest.StartsWith("{"u8))
        {
            return labels;
        }

        rest = rest[1..];
        while (rest.Length > 0 && rest[0] != (byte)'}')
        {
            if (!TryTakeLabel(ref rest, out (string, string) label))
            {
                return null;
            }

            labels.Add(label);
        }

        rest = rest.Length > 0 ? rest[1..] : rest;
        return labels;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> rest, out double value)
    {
        rest = rest.TrimStart((byte)' ');
        int end = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> number = end < 0 ? rest : rest[..end];
        rest = rest[number.Length..];
        return TryParse(number, out value);
    }

    private static bool TryTakeLabel(ref ReadOnlySpan<byte> rest, out (string Name, string Value) label)
    {
        label = default;
        int equals = rest.IndexOf("=\""u8);
        if (equals < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> value = rest[(equals + 2)..];
        int end = 0;
        while (end < value.Length && value[end] != (byte)'"')
        {
            end += value[end] == (byte)'\\' ? 2 : 1;
        }

        if (end >= value.Length)
        {
            return false;
        }

        label = (Encoding.UTF8.GetString(rest[..equals]), Unescaped(Encoding.UTF8.GetString(value[..end])));
        rest = value[(end + 1)..];
        rest = rest.StartsWith(","u8) ? rest[1..] : rest;
        return true;
    }

    private static string Unescaped(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            bool isEscape = value[i] == '\\' && i + 1 < value.Length;
            text.Append(isEscape ? value[++i] is 'n' ? '\n' : value[i] : value[i]);
        }

        return text.ToString();
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = text switch
        {
            _ when text.SequenceEqual("+Inf"u8) => double.PositiveInfinity,
            _ when text.SequenceEqual("-Inf"u8) => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(value) || text.SequenceEqual("NaN"u8) || (Utf8Parser.TryParse(text, out value, out int read) && read == text.Length);
    }
}
