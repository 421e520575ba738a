using System.Text;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>Splits a text that prometheus-net has exported into its metrics: each begins with HELP, has a TYPE, and its samples follow.</summary>
internal static class ExportedText
{
    public static List<ExportedFamily> Families(ReadOnlyMemory<byte> text)
    {
        var families = new List<ExportedFamily>();
        while (Take(ref text) is { } family)
        {
            families.Add(family);
        }

        return families;
    }

    // prometheus-net writes a line break of a description as it is, so that it ends where the type stands.
    private static ExportedFamily? Take(ref ReadOnlyMemory<byte> text)
    {
        int begin = text.Span.IndexOf("# HELP "u8);
        if (begin < 0)
        {
            return null;
        }

        text = text[(begin + "# HELP ".Length)..];
        int nameEnd = text.Span.IndexOfAny((byte)' ', (byte)'\n');
        if (nameEnd < 0)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(text.Span[..nameEnd]);
        byte[] typeLine = Encoding.UTF8.GetBytes($"\n# TYPE {name} ");
        int helpEnd = text.Span.IndexOf(typeLine);
        int typeEnd = helpEnd < 0 ? -1 : text.Span[(helpEnd + typeLine.Length)..].IndexOf((byte)'\n');
        if (typeEnd < 0)
        {
            return null;
        }

        typeEnd += helpEnd + typeLine.Length;
        ReadOnlyMemory<byte> samples = text[(typeEnd + 1)..];
        int end = SamplesEnd(samples.Span);
        var family = new ExportedFamily(
            name,
            Encoding.UTF8.GetString(text.Span[(helpEnd + typeLine.Length)..typeEnd]),
            helpEnd > nameEnd ? text[(nameEnd + 1)..helpEnd] : ReadOnlyMemory<byte>.Empty,
            samples[..end]);
        text = samples[end..];
        return family;
    }

    private static int SamplesEnd(ReadOnlySpan<byte> samples)
    {
        if (samples.StartsWith("#"u8))
        {
            return 0;
        }

        int next = samples.IndexOf("\n#"u8);
        return next < 0 ? samples.Length : next + 1;
    }
}
