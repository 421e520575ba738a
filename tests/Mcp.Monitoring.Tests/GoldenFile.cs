using Mcp.Monitoring.Tests.Architecture;

namespace Mcp.Monitoring.Tests;

/// <summary>A text beside its test that somebody has read and found good. Where it is another, the new one lies in the folder of the built tests, to be read and copied;
/// with MCP_WRITE_GOLDEN=1 it is written over the file at once.</summary>
internal static class GoldenFile
{
    /// <param name="path">The file, from the root of the repository.</param>
    /// <param name="lines">What it must be.</param>
    public static void Check(string path, IEnumerable<string> lines)
    {
        string actual = string.Join('\n', lines) + "\n";
        string golden = Path.Combine(SourceTree.Root, path);
        if (Environment.GetEnvironmentVariable("MCP_WRITE_GOLDEN") is "1")
        {
            File.WriteAllText(golden, actual);
        }

        string expected = File.Exists(golden) ? File.ReadAllText(golden).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            string copy = Path.Combine(AppContext.BaseDirectory, "golden", Path.GetFileName(path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, actual);
        }

        Assert.Equal(expected, actual);
    }
}
