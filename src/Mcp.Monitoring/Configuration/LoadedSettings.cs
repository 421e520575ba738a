using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>What was read: where each value came from, and what was wrong.</summary>
/// <param name="sections">The sections that files and the host's configuration mention.</param>
/// <param name="files">The files that were read.</param>
/// <param name="folder">What relative paths of further files are relative to.</param>
internal sealed class LoadedSettings(IReadOnlyDictionary<string, Origin> sections, IEnumerable<FileReading> files, string folder)
{
    private const string Root = "McpMonitoring";

    public Dictionary<string, Origin> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the settings that code has set, over what was read.</summary>
    private HashSet<string> ByCode { get; } = new(StringComparer.Ordinal);

    public List<Fault> Faults { get; } = [];

    /// <summary>Gets the files that were read, to be watched.</summary>
    public List<FileReading> Files { get; } = [.. files];

    /// <summary>Adds what was read for a section of a list.</summary>
    public void AddPart(string path, LoadedSettings part)
    {
        foreach ((string inner, Origin origin) in part.Origins)
        {
            Origins[$"{path}:{inner}"] = origin;
        }

        Faults.AddRange(part.Faults.Select(fault => fault.In(path)));
        Files.AddRange(part.Files);
    }

    /// <summary>Lets code change the options, and remembers what it changed: that is not to be looked for in a file.</summary>
    public void RunCode(ISettings root, Action code)
    {
        Dictionary<string, object?> read = SettingsTree.Values(root);
        code();
        ByCode.UnionWith(SettingsTree.Values(root).Where(now => !Same(now.Value, read[now.Key])).Select(now => now.Key));
    }

    /// <summary>Writes a fault under the name by which the user gave the setting.</summary>
    public string Render(Fault fault) => fault.ToString(fault.Place ?? NameOf(fault.Path));

    /// <summary>Reads a file that a setting names.</summary>
    public FileReading ReadFile(string path, int most)
    {
        FileReading file = FileReading.Of(FilePath.Full(path, folder), most);
        Files.Add(file.WithoutContent());
        return file;
    }

    public static bool Same(object? one, object? other) =>
        one is IEnumerable<string> items && other is IEnumerable<string> others ? items.SequenceEqual(others, StringComparer.Ordinal) : Equals(one, other);

    /// <summary>Returns the name by which the user gave a setting, or could have.</summary>
    public string NameOf(string path)
    {
        if (ByCode.Any(set => path.StartsWith(set, StringComparison.Ordinal) && (path.Length == set.Length || path[set.Length] == ':')))
        {
            return $"{Root}:{path}";
        }

        if (Origins.TryGetValue(path, out Origin? origin))
        {
            return origin.Name;
        }

        for (int end = path.LastIndexOf(':'); end > 0; end = path.LastIndexOf(':', end - 1))
        {
            if (sections.TryGetValue(path[..end], out Origin? section) || Origins.TryGetValue(path[..end], out section))
            {
                return section.Missing(path[(end + 1)..]).Name;
            }
        }

        return $"{Root}:{path}";
    }
}
