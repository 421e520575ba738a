using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>What was read: where each value came from, and what was wrong.</summary>
/// <param name="sections">The sections that files and the host's configuration mention.</param>
/// <param name="files">The files that were read.</param>
internal sealed class LoadedSettings(IReadOnlyDictionary<string, Origin> sections, IEnumerable<string> files)
{
    private const string Root = "McpMonitoring";

    public Dictionary<string, Origin> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the values as they were read, to know those that code changed afterwards.</summary>
    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    public List<Fault> Faults { get; } = [];

    /// <summary>Gets the files to watch.</summary>
    public List<string> Files { get; } = [.. files];

    /// <summary>Forgets where a value came from, if code has changed it since.</summary>
    public void ForgetChanged(ISettings root)
    {
        foreach ((string path, Setting setting) in SettingsTree.Settings(root))
        {
            if (Values.TryGetValue(path, out object? read) && !Same(read, setting.Value))
            {
                Origins.Remove(path);
            }
        }
    }

    /// <summary>Writes a fault under the name by which the user gave the setting.</summary>
    public string Render(Fault fault) => fault.ToString(fault.Place ?? NameOf(fault.Path));

    public static bool Same(object? one, object? other) =>
        one is IEnumerable<string> items && other is IEnumerable<string> others ? items.SequenceEqual(others, StringComparer.Ordinal) : Equals(one, other);

    /// <summary>Returns the name by which the user gave a setting, or could have.</summary>
    public string NameOf(string path)
    {
        if (Origins.TryGetValue(path, out Origin? origin))
        {
            return origin.Name;
        }

        for (int end = path.LastIndexOf(':'); end > 0; end = path.LastIndexOf(':', end - 1))
        {
            if (sections.TryGetValue(path[..end], out Origin? section))
            {
                return section.Missing(path[(end + 1)..]).Name;
            }
        }

        return $"{Root}:{path}";
    }
}
