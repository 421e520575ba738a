using System.Buffers;
using Mcp.Monitoring.Infrastructure.Redaction.Notations;
using Mcp.Monitoring.Infrastructure.Redaction.Tokens;

namespace Mcp.Monitoring.Infrastructure.Redaction;

/// <summary>
/// Takes secrets out of text that leaves the process: under a telling name in whatever notation, in URLs and headers, and tokens that are known by their shape.
/// The time is linear in the length, whatever the text is; it never throws. Text without a secret comes back as the same object.
/// </summary>
internal static class SecretScrubber
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Replacement = "***";

    /// <summary>The most UTF-16 units of a text that are kept.</summary>
    public const int LongestText = 16 * 1024;

    private const int MostRounds = 4;

    private static readonly SearchValues<string> Escapes = SearchValues.Create(["\\", "%", "&#", "&quot;", "&apos;", "&lt;", "&gt;", "&amp;"], StringComparison.Ordinal);

    public static string Scrub(string text) => ScrubWhole(TextCut.AtWord(text, LongestText));

    /// <summary>Does so for a text of any length.</summary>
    public static string ScrubWhole(string text)
    {
        // What is taken out may bring another to light. Each round leaves fewer characters.
        for (int round = 0; round < MostRounds; round++)
        {
            string clean = ScrubOnce(text);
            if (ReferenceEquals(clean, text))
            {
                break;
            }

            text = clean;
        }

        return text;
    }

    private static string ScrubOnce(string text)
    {
        var spans = default(SecretSpans);
        if (SecretSigns.MayHaveName(text))
        {
            NotationScan.Find(new SourceText(text), ref spans);
        }
        else if (TokenScan.MayBeIn(text))
        {
            // What is escaped may hide where a token begins.
            if (text.AsSpan().ContainsAny(Escapes))
            {
                NotationScan.Find(new SourceText(text), ref spans);
            }
            else
            {
                TokenScan.Find(new SourceText(text), ref spans);
            }
        }

        return spans.Hide(text);
    }
}
