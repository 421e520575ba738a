namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>Finds the name that somebody meant, among those that there are.</summary>
internal static class NearestName
{
    private const int LongestTypo = 64;
    private const int LettersPerMistake = 3;

    /// <summary>Returns the nearest name, or <see langword="null"/> where none is near; neither case nor underscores count.</summary>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        if (typed.Length > LongestTypo)
        {
            return null;
        }

        string bare = SettingNames.Bare(typed);
        (string? Name, int Distance) nearest = (null, Math.Max(1, bare.Length / LettersPerMistake) + 1);
        foreach (string name in names)
        {
            int distance = Math.Abs(name.Length - typed.Length) > LongestTypo ? int.MaxValue : Distance(bare, SettingNames.Bare(name));
            nearest = distance < nearest.Distance ? (name, distance) : nearest;
        }

        return nearest.Name;
    }

    /// <summary>Asks whether the nearest name is meant, before the rest of what is to be done; empty where none is near.</summary>
    public static string Suggest(string? typed, IEnumerable<string> names) => typed is { Length: > 0 } && Find(typed, names) is { } nearest ? $"Did you mean {nearest}? " : "";

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
