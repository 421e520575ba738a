using System.Collections.Concurrent;
using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Configuration;

/// <summary>Finds the key that somebody meant.</summary>
internal static class NearestKey
{
    private const int LongestTypo = 64;

    private static readonly ConcurrentDictionary<Type, string[]> Names = new();

    /// <summary>Returns the full name of the nearest key of a section, else of the same key elsewhere, else <see langword="null"/>.</summary>
    public static string? Find(string typed, string sectionPath, ISettings section, ISettings root)
    {
        if (typed.Length > LongestTypo)
        {
            return null;
        }

        string bare = SettingNames.Bare(typed);
        (string Name, int Distance) nearest = NamesOf(section)
            .Select(name => (Name: name, Distance: Distance(bare, SettingNames.Bare(name))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, bare.Length / 3)
            ? Written(sectionPath, nearest.Name)
            : Elsewhere(bare, root, path: "");
    }

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

    /// <summary>The edit distance of Damerau and Levenshtein, in which two characters that changed places are one mistake.</summary>
    private static int Distance(string one, string other)
    {
        int[,] distances = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    distances[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1),
                    1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }

        return distances[one.Length, other.Length];
    }
}
