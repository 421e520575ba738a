using System.Collections.Frozen;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A name and a value as two members of their own: <c>{"name":"DbPassword","value":"…"}</c>, <c>- name: DB_PASSWORD</c> above <c>value: …</c>, <c>Key = Password, Value = …</c>.</summary>
internal static class NamedValue
{
    private const int LongestName = 80;

    private static readonly FrozenSet<string> ForName = FrozenSet.ToFrozenSet(["name", "key", "header", "field", "property", "parameter", "id", "имя", "ключ", "параметр"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ForValue = FrozenSet.ToFrozenSet(["value", "val", "v", "content", "значение"], StringComparer.OrdinalIgnoreCase);

    public static bool IsForName(ReadOnlySpan<char> member) => ForName.GetAlternateLookup<ReadOnlySpan<char>>().Contains(member);

    public static bool IsForValue(ReadOnlySpan<char> member) => ForValue.GetAlternateLookup<ReadOnlySpan<char>>().Contains(member);

    /// <summary>Whether it is one for a name by its last word, as <c>param-name</c> and <c>ParameterKey</c>; what stands beside it must be one for a value.</summary>
    public static bool EndsForName(ReadOnlySpan<char> member) => EndsWith(member, "name", "key");

    /// <summary>Whether it is one for a value by its last word.</summary>
    public static bool EndsForValue(ReadOnlySpan<char> member) => EndsWith(member, "value", "value");

    private static bool EndsWith(ReadOnlySpan<char> member, string one, string other)
    {
        Span<char> buffer = stackalloc char[PlainName.Longest];
        PlainName name = PlainName.Of(member, buffer);
        return name.EndsWithWord(one) || name.EndsWithWord(other);
    }

    /// <summary>Reads the name, the separator and the name of the other member.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the value of the member for the name stands.</param>
    /// <param name="key">The name that is told there, where it tells of a secret.</param>
    /// <param name="value">Where its value stands.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int at, out Key key, out int value)
    {
        key = default;
        value = 0;
        if (!TryWord(text, at, out int start, out int end, out int next) || SecretNames.Of(text[start..end]) is var kind && kind is SecretName.None or SecretName.InQuery or SecretName.IfRandom)
        {
            return false;
        }

        int separator = Assignment.SkipSpaces(text, next);
        if (Assignment.CharAt(text, separator) is not (',' or ';' or '\r' or '\n'))
        {
            return false;
        }

        if (!TryWord(text, Assignment.SkipSpaces(text, separator + 1, lines: true), out int memberStart, out int memberEnd, out int sign) || !(IsForValue(text[memberStart..memberEnd]) || EndsForValue(text[memberStart..memberEnd])))
        {
            return false;
        }

        sign = Assignment.SkipSpaces(text, sign);
        int length = Assignment.LengthAt(text, sign);
        key = Key.Named(start, text[start..end], kind);
        value = sign + length;
        return length > 0;
    }

    /// <summary>Reads the member for the name where it stands behind that for the value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the value has ended.</param>
    /// <param name="key">The name that is told there, where it tells of a secret.</param>
    public static bool IsBehind(ReadOnlySpan<char> text, int at, out Key key)
    {
        key = default;
        int comma = Assignment.SkipSpaces(text, at);
        if (Assignment.CharAt(text, comma) != ',' || !TryWord(text, Assignment.SkipSpaces(text, comma + 1, lines: true), out int start, out int end, out int next) || !IsForName(text[start..end]))
        {
            return false;
        }

        int sign = Assignment.SkipSpaces(text, next);
        int length = Assignment.LengthAt(text, sign);
        if (length == 0 || !TryWord(text, Assignment.SkipSpaces(text, sign + length), out start, out end, out _))
        {
            return false;
        }

        key = Key.Named(start, text[start..end], SecretNames.Of(text[start..end]));
        return PairValue.Tells(key.Kind);
    }

    private static bool TryWord(ReadOnlySpan<char> text, int at, out int start, out int end, out int next)
    {
        char quote = Assignment.CharAt(text, at);
        start = at + (quote is '"' or '\'' ? 1 : 0);
        // @password of SQL
        start += Assignment.CharAt(text, start) is '@' or '$' ? 1 : 0;
        end = start;
        while (end - start < LongestName && Assignment.IsOfName(Assignment.CharAt(text, end)))
        {
            end++;
        }

        next = end;
        if (quote is '"' or '\'' && Assignment.CharAt(text, next++) != quote)
        {
            return false;
        }

        return end > start;
    }
}
