using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.OperationsTools.Text;

/// <summary>Text that others wrote, made fit to be shown to a model: short, on one line, and nothing in it that a person would not see.</summary>
internal static class ForeignText
{
    /// <summary>The most characters that are kept.</summary>
    public const int Longest = 200;

    private const char Cut = '…';

    // Letters and marks by their category, and yet nothing to see.
    private static readonly HashSet<int> Blank = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>Takes out what cannot be seen, makes one line of it, and cuts it.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > Longest)
            {
                // Half of a pair would be left by a cut anywhere.
                int end = Math.Min(clean.Length, Longest - 1);
                clean.Length = end < clean.Length && char.IsLowSurrogate(clean[end]) ? end - 1 : end;
                clean.Append(Cut);
                break;
            }

            if (IsBreak(rune))
            {
                clean.Append(' ');
            }
            else if (!IsHidden(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static bool IsBreak(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune.Value is '\n' or '\r' or '\t';

    // Selectors of variants can carry a text of their own, a byte each.
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || rune == Rune.ReplacementChar
        || Blank.Contains(rune.Value);
}
