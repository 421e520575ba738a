using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A name and a value in brackets with a comma between: an entry of a dictionary as .NET writes it (<c>[DbPassword, hunter2]</c>), arguments (<c>("X-Api-Key", "abc1")</c>).</summary>
internal static class PairValue
{
    private const int LongestName = 80;
    private const int LongestValue = 4096;

    /// <summary>Reads <c>[name, value]</c>.</summary>
    public static bool IsEntry(ReadOnlySpan<char> text, int at, out Key key, out int start, out int end)
    {
        int nameEnd = at + 1;
        while (nameEnd - at < LongestName && Assignment.IsOfName(Assignment.CharAt(text, nameEnd)))
        {
            nameEnd++;
        }

        ReadOnlySpan<char> name = text[(at + 1)..nameEnd];
        key = Key.Named(at + 1, name, SecretNames.Of(name));
        start = nameEnd + 2;
        end = start;
        if (!Tells(key.Kind) || !text[nameEnd..].StartsWith(", ", StringComparison.Ordinal))
        {
            return false;
        }

        int length = text[start..Math.Min(text.Length, start + LongestValue)].IndexOfAny("]\r\n");
        end = length < 0 ? text.Length : start + length;
        return end > start && (length < 0 || text[end] == ']') && IsValue(text[start..end], key.Kind);
    }

    /// <summary>Whether the second of two strings, <c>("name", "value")</c>, is the value of the first, and no other name.</summary>
    public static bool IsValue(ReadOnlySpan<char> value, SecretName name) => name != SecretName.Secret || !Prose.IsOfLetters(value) || Prose.LooksRandom(value);

    public static bool Tells(SecretName name) => name is SecretName.Secret or SecretName.Authorization or SecretName.Cookie;
}
