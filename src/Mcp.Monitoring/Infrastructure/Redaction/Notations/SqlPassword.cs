using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A password of SQL that no sign has in front, or one of another name: <c>PASSWORD 'x'</c>, <c>IDENTIFIED BY 'x'</c>, <c>password LIKE 'x'</c>, <c>DECLARE @password varchar(9) = 'x'</c>.</summary>
internal static class SqlPassword
{
    private const int LongestClause = 96;
    private const string By = "identified by", OtherBy = " by", With = "identified with ", Password = "password", Of = "set password for ";

    private static readonly SearchValues<char> InFront = SearchValues.Create(" \t\r\n(,");

    private static readonly string[] Operators = ["<>", " like", " in(", " in ("];

    /// <summary>Whether it stands in front of a quote, or of the letter that N'' and E'' have in front of it.</summary>
    public static bool IsInFrontOf(ReadOnlySpan<char> text, int quote)
    {
        quote -= HasLetter(text, quote) ? 1 : 0;
        ReadOnlySpan<char> before = text[Math.Max(0, quote - LongestClause)..quote];
        ReadOnlySpan<char> trimmed = before.TrimEnd(' ');
        if (IsOperator(trimmed) || trimmed.EndsWith('=') && IsAssigned(trimmed[..^1].TrimEnd(' ')))
        {
            return true;
        }

        ReadOnlySpan<char> word = LastWord(trimmed);
        return trimmed.Length < before.Length
            && (IsIdentified(trimmed) || (word.EndsWith(Password, StringComparison.OrdinalIgnoreCase) && SecretNames.Of(word) == SecretName.Secret && !word.ContainsAny("\"'")));
    }

    /// <summary>Whether the letter of N'' or E'' stands in front of a quote.</summary>
    public static bool HasLetter(ReadOnlySpan<char> text, int quote) => Assignment.CharAt(text, quote - 1) is 'N' or 'E' or 'n' or 'e' && !char.IsLetterOrDigit(Assignment.CharAt(text, quote - 2));

    /// <summary>Whether <c>IDENTIFIED BY</c> ends the text: what follows is a password in whatever quotes.</summary>
    public static bool IsIdentified(ReadOnlySpan<char> text)
    {
        text = text[Math.Max(0, text.Length - LongestClause)..].TrimEnd(' ');
        return text.EndsWith(By, StringComparison.OrdinalIgnoreCase) || (text.EndsWith(OtherBy, StringComparison.OrdinalIgnoreCase) && text.Contains(With, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOperator(ReadOnlySpan<char> text)
    {
        foreach (string sign in Operators)
        {
            if (text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                return SecretNames.Of(LastWord(text[..^sign.Length].TrimEnd(' ')).Trim("[]\"`")) == SecretName.Secret;
            }
        }

        return false;
    }

    // SET PASSWORD FOR 'bob'@'h' = 'x', DECLARE @password nvarchar(50) = 'x'
    private static bool IsAssigned(ReadOnlySpan<char> text)
    {
        if (text.Contains(Of, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int size = text.EndsWith(')') ? text.LastIndexOf('(') : text.Length;
        ReadOnlySpan<char> type = LastWord(size < 0 ? [] : text[..size]);
        ReadOnlySpan<char> name = type.IsEmpty ? [] : LastWord(text[..(size - type.Length)].TrimEnd(' '));
        return name.StartsWith('@') && Prose.IsOfLetters(type) && SecretNames.Of(name[1..]) == SecretName.Secret;
    }

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text) => text[(text.LastIndexOfAny(InFront) + 1)..];
}
