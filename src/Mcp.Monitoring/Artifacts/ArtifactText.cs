using System.Text;

namespace Mcp.Monitoring.Artifacts;

/// <summary>Texts that are in the assembly.</summary>
internal static class ArtifactText
{
    /// <summary>Gets the lines of a text by the name of its file.</summary>
    public static IReadOnlyList<string> Lines(string file)
    {
        using Stream stream = typeof(ArtifactText).Assembly.GetManifestResourceStream($"{nameof(Mcp)}.{nameof(Monitoring)}.{file}")
            ?? throw new ArgumentException($"There is no text \"{file}\".", nameof(file));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Fills a text by the name of its file: <c>@name@</c> is a value within a line, or, where it is all of a line, lines that are indented as it is.</summary>
    public static string Filled(string file, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (string line in Lines(file))
        {
            string bare = line.TrimStart(' ');
            if (bare.Length > 2 && bare[0] == '@' && bare[^1] == '@' && values.TryGetValue(bare[1..^1], out string? lines))
            {
                AppendIndented(text, lines, line[..^bare.Length]);
            }
            else
            {
                text.Append(values.Aggregate(line, (filled, value) => filled.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void AppendIndented(StringBuilder text, string lines, string indent)
    {
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(indent).Append(line).Append('\n');
        }
    }
}
