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
}
