using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>An option of a command line with a space between it and its value: <c>--password x</c>, <c>-Password x</c>. One letter says too little: <c>-p</c> is a port as well.</summary>
internal static class CommandLineOption
{
    private static readonly SearchValues<char> AfterWord = SearchValues.Create(" \t\r\n\"'");

    private const int ShortestValue = 5;
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
        while (end - start < PlainName.Longest && (Assignment.IsOfName(Assignment.CharAt(text, end)) || IsOfSection(text, start, end)))
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

    // --Db:Password x
    private static bool IsOfSection(ReadOnlySpan<char> text, int start, int at) =>
        Assignment.CharAt(text, at) == ':' && char.IsLetter(Assignment.CharAt(text, at + 1)) && SecretNames.Of(text[start..at]) == SecretName.None;

    // -hunter2, but not -v
    private static bool IsOption(ReadOnlySpan<char> rest)
    {
        int letter = rest.StartsWith("--", StringComparison.Ordinal) ? 2 : 1;
        ReadOnlySpan<char> word = rest[..CharacterRun.LengthUntil(rest, AfterWord)];
        return rest[0] == '-' && char.IsLetter(rest[Math.Min(rest.Length - 1, letter)]) && !(letter == 1 && word.Length >= ShortestValue && word.ContainsAnyInRange('0', '9') && !word.ContainsAny(":="));
    }

    /// <summary>Whether what follows is the value, and not the next option or a sentence about this one.</summary>
    public static bool HasValue(ReadOnlySpan<char> rest) =>
        !rest.IsEmpty && rest[0] is not ('\r' or '\n' or '|' or '&' or ';' or ')' or ']' or '=' or ':') && !IsOption(rest)
        && (rest[0] is '"' or '\'' || !Prose.Opens(rest));
}
