using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>Text of a file or a variable as it may stand in a message: short, and on one line.</summary>
internal static class Printable
{
    private const int Longest = 100;

    public static string Cut(string text)
    {
        if (text.Length <= Longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var printable = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (printable.Length >= Longest)
            {
                return printable.Append('…').ToString();
            }

            if (IsInvisible(rune))
            {
                printable.Append(rune.IsBmp ? "\\u" : "\\U").Append(rune.Value.ToString(rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture));
            }
            else
            {
                printable.Append(rune.ToString());
            }
        }

        return printable.ToString();
    }

    // Control and format characters (also those that turn the direction of a line) and line separators.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
