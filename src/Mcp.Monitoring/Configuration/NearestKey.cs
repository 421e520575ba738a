using System.Collections.Concurrent;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Finds the key that somebody meant.</summary>
internal static class NearestKey
{
    private const int ShortestEnding = 4;

    private static readonly ConcurrentDictionary<Type, string[]> Names = new();

    /// <summary>Returns the full name of the nearest key of a section, else of the same key elsewhere, else <see langword="null"/>.</summary>
    public static string? Find(string typed, string sectionPath, ISettings section, ISettings root)
    {
        string bare = SettingNames.Bare(typed);
        return (NearestName.Find(typed, NamesOf(section)) ?? Ending(bare, section)) is { } nearest
            ? Written(sectionPath, nearest)
            : Elsewhere(bare, root, path: "");
    }

    // Whoever leaves the first word of a key out, where no other ends so.
    private static string? Ending(string bare, ISettings section) =>
        bare.Length >= ShortestEnding && NamesOf(section).Where(name => SettingNames.Bare(name).EndsWith(bare, StringComparison.Ordinal)).ToArray() is [var only] ? only : null;

    // They are the same for every section of a type.
    private static string[] NamesOf(ISettings section) => Names.GetOrAdd(
        section.GetType(), static (_, section) => [.. section.Settings.Select(setting => setting.Name), .. section.Sections.Select(inner => inner.Name)], section);

    private static string? Elsewhere(string bare, ISettings section, string path)
    {
        foreach (string name in NamesOf(section))
        {
            if (SettingNames.Bare(name) == bare)
            {
                return Written(path, name);
            }
        }

        return section.Sections
            .Select(inner => Elsewhere(bare, inner.Settings, path.Length == 0 ? inner.Name : $"{path}:{inner.Name}"))
            .FirstOrDefault(found => found is not null);
    }

    private static string Written(string path, string name) => SettingNames.Snake(path.Length == 0 ? name : $"{path}:{name}");
}
