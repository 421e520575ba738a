namespace Mcp.Monitoring.Artifacts;

/// <summary>Writes artifacts as files.</summary>
internal static class ArtifactFolder
{
    /// <summary>Writes them below a folder, each over what has its name.</summary>
    /// <returns>The full paths.</returns>
    /// <exception cref="IOException">A file cannot be written; the message says which and why.</exception>
    public static IReadOnlyList<string> Write(string directory, IReadOnlyList<Artifact> artifacts)
    {
        string root = Path.GetFullPath(directory);
        if (File.Exists(root))
        {
            throw new IOException($"{root} is a file. Name a folder; it is made if it is missing.");
        }

        return [.. artifacts.Select(artifact => Write(artifact.Text, Path.GetFullPath(artifact.Path, root)))];
    }

    private static string Write(string text, string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{file} cannot be written: {fault.Message.TrimEnd('.')}. Name a folder that this process may write to.", fault);
        }
    }
}
