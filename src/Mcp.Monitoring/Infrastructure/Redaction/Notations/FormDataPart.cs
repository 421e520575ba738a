using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Infrastructure.Redaction.Notations;

/// <summary>A part of a form with boundaries (RFC 7578): <c>name="password"</c>, an empty line, the value, the boundary.</summary>
internal static class FormDataPart
{
    private const int LongestName = 80;
    private const string Boundary = "\n--";

    /// <param name="text">The text.</param>
    /// <param name="at">The quote in front of the name.</param>
    /// <param name="key">The name, where it tells of a secret.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="end">Where it ends.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int at, out Key key, out int start, out int end)
    {
        key = default;
        start = end = at;
        if (Assignment.CharAt(text, at) != '"')
        {
            return false;
        }

        int length = text.Slice(at + 1, Math.Min(LongestName, text.Length - at - 1)).IndexOf('"');
        int lineEnd = at + length + 2;
        if (length <= 0 || SecretNames.Of(text.Slice(at + 1, length)) is var kind && !PairValue.Tells(kind))
        {
            return false;
        }

        key = Key.Named(at + 1, text.Slice(at + 1, length), kind);
        int empty = LineValue.NextLine(text, lineEnd);
        start = LineValue.NextLine(text, empty);
        if (lineEnd >= text.Length || text[lineEnd] is not ('\r' or '\n') || empty >= text.Length || text[empty] is not ('\r' or '\n'))
        {
            return false;
        }

        int boundary = text[start..].IndexOf(Boundary, StringComparison.Ordinal);
        end = boundary < 0 ? text.Length : start + text.Slice(start, boundary).TrimEnd('\r').Length;
        return true;
    }
}
