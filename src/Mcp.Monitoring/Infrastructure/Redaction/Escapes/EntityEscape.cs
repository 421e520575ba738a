using System.Globalization;

namespace Mcp.Monitoring.Infrastructure.Redaction.Escapes;

/// <summary>Entities of XML and HTML, by name or number.</summary>
internal static class EntityEscape
{
    private const int Longest = 10;

    /// <returns>0 where none begins.</returns>
    public static int LengthAtStart(ReadOnlySpan<char> text, out char character)
    {
        character = '&';
        int end = text[..Math.Min(text.Length, Longest)].IndexOf(';');
        if (end < 2)
        {
            return 0;
        }

        ReadOnlySpan<char> name = text[1..end];
        char found = name switch
        {
            "quot" => '"',
            "apos" => '\'',
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "nbsp" => ' ',
            _ => name[0] == '#' ? OfNumber(name[1..]) : '\0',
        };
        if (found == '\0')
        {
            return 0;
        }

        character = found;
        return end + 1;
    }

    private static char OfNumber(ReadOnlySpan<char> digits)
    {
        bool isHex = digits.Length > 1 && digits[0] is 'x' or 'X';
        return ushort.TryParse(isHex ? digits[1..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ushort code)
            ? (char)code
            : '\0';
    }
}
