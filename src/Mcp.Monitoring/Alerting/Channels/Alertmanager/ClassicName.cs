using System.Globalization;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>Names that every Alertmanager takes: <c>[a-zA-Z_][a-zA-Z0-9_]*</c>. Others are refused before version 0.27.</summary>
internal static class ClassicName
{
    public static bool Is(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsPart);

    /// <summary>Makes such a name of any text: what is no part of one becomes an underscore.</summary>
    public static string Of(string text)
    {
        if (Is(text))
        {
            return text;
        }

        string name = string.Concat(text.Select(character => IsPart(character) ? character : '_'));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>Makes a name that none of those has that are there.</summary>
    public static string Of(string text, Func<string, bool> isTaken)
    {
        string name = Of(text);
        string free = name;
        for (int i = 2; isTaken(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        }

        return free;
    }

    private static bool IsPart(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
