using System.Globalization;
using System.Text;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Text of a client or an exception as a message may hold it: bounded, on one line, without characters that cannot be seen or turn the line, and without secrets.</summary>
internal static class LineSanitizer
{
    // Between the thousands of a number; elsewhere a space like others.
    private const char NoBreakSpace = '\u00A0';

    public static string Of(string text, int longest)
    {
        string clean = SecretScrubber.Scrub(text);
        string visible = Visible(clean);
        if (!ReferenceEquals(visible, clean))
        {
            // What could not be seen may have stood in a name.
            visible = SecretScrubber.Scrub(visible);
        }

        return visible.Length <= longest ? visible : TextCut.At(visible, longest - 1) + "…";
    }

    private static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text.Trim();
        }

        var line = new StringBuilder(text.Length);
        int next = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            next += rune.Utf16SequenceLength;
            bool isInNumber = rune.Value == NoBreakSpace && line.Length > 0 && char.IsAsciiDigit(line[^1]) && next < text.Length && char.IsAsciiDigit(text[next]);
            if (IsSpace(rune) && !isInNumber)
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().Trim();
    }

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune);
}
