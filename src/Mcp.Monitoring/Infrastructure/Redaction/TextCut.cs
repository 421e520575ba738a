using System.Globalization;

namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>Shortens text without halving a character that a person sees as one.</summary>
internal static class TextCut
{
    // A character of a person may be made of many; from this far before the cut on they are counted.
    private const int LookBack = 64;
    private const int LookAhead = 256;
    private const int LongestWord = 256;

    /// <summary>Cuts to at most so many UTF-16 units.</summary>
    public static string At(string text, int longest) => text.Length <= longest ? text : text[..Boundary(text, longest)];

    /// <summary>Cuts at the last space within reach, so that of a long word, such as a secret, no half is left.</summary>
    public static string AtWord(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        int space = text.AsSpan(0, longest).LastIndexOfAny(' ', '\n');
        return space >= longest - LongestWord ? text[..Math.Max(0, space)] : At(text, longest);
    }

    private static int Boundary(string text, int longest)
    {
        int end = Math.Max(0, longest - LookBack);
        if (end > 0 && char.IsLowSurrogate(text[end]))
        {
            end--;
        }

        int last = end;
        while (end < text.Length)
        {
            end += StringInfo.GetNextTextElementLength(text.AsSpan(end, Math.Min(text.Length - end, LookAhead)));
            if (end > longest)
            {
                // A single one that is longer than all that may be kept is cut between two code points.
                return last > 0 ? last : char.IsLowSurrogate(text[longest]) && longest > 0 ? longest - 1 : longest;
            }

            last = end;
        }

        return last;
    }
}
