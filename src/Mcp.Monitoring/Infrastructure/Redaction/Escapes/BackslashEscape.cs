using System.Globalization;

namespace Mcp.Monitoring.Infrastructure.Redaction.Escapes;

/// <summary>Escapes of JSON and source code: <c>\"</c>, <c>\n</c>, <c>\u0022</c>.</summary>
internal static class BackslashEscape
{
    /// <returns>0 where none begins.</returns>
    public static int LengthAtStart(ReadOnlySpan<char> text, out char character)
    {
        character = '\\';
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case '"' or '\'' or '\\' or '/' or '`':
                character = text[1];
                return 2;
            case 'n':
                character = '\n';
                return 2;
            case 'r':
                character = '\r';
                return 2;
            case 't':
                character = '\t';
                return 2;
            case 'u' when text.Length >= 6 && ushort.TryParse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                character = (char)code;
                return 6;
            default:
                return 0;
        }
    }

    /// <summary>Whether a quote stands here behind backslashes, or a character as JSON writers spell those that web pages must not hold.</summary>
    public static bool IsOfEscapedText(ReadOnlySpan<char> text, out int length)
    {
        int backslashes = text.IndexOfAnyExcept('\\');
        length = backslashes < 0 ? text.Length : backslashes;
        ReadOnlySpan<char> rest = text[length..];
        return rest.Length > 0 && length > 0 && (rest[0] is '"' or '\'' || (length % 2 == 1 && rest[0] == 'u' && LengthAtStart(text[(length - 1)..], out _) > 0));
    }
}
