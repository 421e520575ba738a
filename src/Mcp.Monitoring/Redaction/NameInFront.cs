using System.Runtime.InteropServices;

namespace Mcp.Monitoring.Redaction;

/// <summary>The name in front of an equals sign or a colon, and what is around it.</summary>
/// <param name="Kind">What it says of the value.</param>
/// <param name="Before">The character in front of it; <c>\0</c> at the start of the text.</param>
/// <param name="IsSpaced">Whether spaces are between it and the sign.</param>
/// <param name="IsQuoted">Whether it stands in quotes or brackets.</param>
/// <param name="IsSetting">Whether it is one of a list with semicolons, as in a connection string.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NameInFront(SecretName Kind, char Before, bool IsSpaced, bool IsQuoted, bool IsSetting)
{
    private const int MostSpaces = 4;
    private const int LongestFirstWord = 16;
    private const int MostQuotes = 4;

    public static NameInFront Of(ReadOnlySpan<char> text, int sign)
    {
        int end = Back(text, sign, MostSpaces, " \t");
        bool isSpaced = end < sign;
        int nameEnd = Back(text, end, MostQuotes, "\"'\\]");
        int start = nameEnd;
        while (start > 0 && nameEnd - start < SecretNames.Longest && IsOfName(text[start - 1]))
        {
            start--;
        }

        char before = start == 0 ? '\0' : text[start - 1];
        if (before == '%' && nameEnd - start > 2)
        {
            // What stands encoded in front of it: ? and &.
            before = text[start..].StartsWith("3f", StringComparison.OrdinalIgnoreCase) ? '?' : text[start..].StartsWith("26", StringComparison.Ordinal) ? '&' : before;
            start += 2;
        }

        if (start == nameEnd)
        {
            return default;
        }

        int first = Back(text, start, MostSpaces, " \t");
        return new NameInFront(KindOf(text, start, nameEnd), before, isSpaced, nameEnd < end, first > 0 && text[first - 1] == ';' && text[sign] == '=');
    }

    // An everyday word may be half of a name: "API key".
    private static SecretName KindOf(ReadOnlySpan<char> text, int start, int end)
    {
        SecretName kind = SecretNames.Of(text[start..end]);
        if (kind != SecretName.InQuery || start < 2 || text[start - 1] != ' ')
        {
            return kind;
        }

        int first = start - 1;
        while (first > 0 && start - first < LongestFirstWord && char.IsAsciiLetter(text[first - 1]))
        {
            first--;
        }

        return SecretNames.Of(text[first..end]) == SecretName.Secret ? SecretName.Secret : kind;
    }

    private static int Back(ReadOnlySpan<char> text, int end, int most, string over)
    {
        int start = end;
        while (start > 0 && end - start < most && over.Contains(text[start - 1], StringComparison.Ordinal))
        {
            start--;
        }

        return start;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
}
