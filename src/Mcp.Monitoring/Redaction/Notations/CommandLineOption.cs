using Mcp.Monitoring.Redaction.Names;

namespace Mcp.Monitoring.Redaction.Notations;

/// <summary>An option of a command line with a space between it and its value: <c>--password x</c>, <c>-Password x</c>. One letter says too little: <c>-p</c> is a port as well.</summary>
internal static class CommandLineOption
{
    private const string InFront = "\0 \t\r\n\"'`([{,;|";

    /// <summary>Reads the option.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The hyphen.</param>
    /// <param name="key">The name of a secret.</param>
    /// <param name="value">Where the value stands; the end of the text where there is none.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int at, out Key key, out int value)
    {
        key = default;
        int start = at + (Assignment.CharAt(text, at + 1) == '-' ? 2 : 1);
        value = start;
        if (!InFront.Contains(Assignment.CharAt(text, at - 1), StringComparison.Ordinal) || !char.IsLetter(Assignment.CharAt(text, start)))
        {
            return false;
        }

        int end = start;
        while (end - start < PlainName.Longest && Assignment.IsOfName(Assignment.CharAt(text, end)))
        {
            end++;
        }

        value = Assignment.SkipSpaces(text, end);
        if (end < text.Length && value == end)
        {
            return false;
        }

        SecretName kind = SecretNames.Of(text[start..end]);
        key = Key.Named(at, text[start..end], kind);
        return kind is not (SecretName.None or SecretName.InQuery or SecretName.IfRandom);
    }

    /// <summary>Whether what follows is the value, and not the next option or a sentence about this one.</summary>
    public static bool HasValue(ReadOnlySpan<char> rest) =>
        !rest.IsEmpty && rest[0] is not ('\r' or '\n' or '|' or '&' or ';' or ')' or ']' or '=' or ':') && !(rest[0] == '-' && char.IsLetter(rest[Math.Min(rest.Length - 1, rest.StartsWith("--", StringComparison.Ordinal) ? 2 : 1)]))
        && (rest[0] is '"' or '\'' || !Prose.Opens(rest));
}
