using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>Fits the lines of a message into what a receiver takes: whole lines, and how many were left out.</summary>
internal static class WebhookLines
{
    /// <param name="lines">The lines, the most important first.</param>
    /// <param name="most">How much fits.</param>
    /// <param name="size">How much a text takes, as the receiver counts.</param>
    /// <param name="texts">The language of the message.</param>
    public static IReadOnlyList<string> Fit(IReadOnlyList<string> lines, int most, Func<string, int> size, AlertTexts texts)
    {
        if (lines.Sum(line => size(line) + 1) <= most)
        {
            return lines;
        }

        // The last line may say more than any that is left out.
        int room = most - size(texts.Say("cut", lines.Count)) - 1;
        var kept = new List<string>();
        foreach (string line in lines)
        {
            if (size(line) + 1 > room)
            {
                break;
            }

            kept.Add(line);
            room -= size(line) + 1;
        }

        if (kept.Count == 0 && lines.Count > 0)
        {
            kept.Add(Cut(lines[0], room - 1, size));
        }

        if (lines.Count > kept.Count)
        {
            kept.Add(texts.Say("cut", lines.Count - kept.Count));
        }

        return kept;
    }

    /// <summary>Cuts one text to what fits, between characters as people see them.</summary>
    public static string Cut(string text, int most, Func<string, int> size)
    {
        if (size(text) <= most)
        {
            return text;
        }

        int shortest = 0, longest = Math.Min(text.Length, most);
        while (shortest < longest)
        {
            int middle = (shortest + longest + 1) / 2;
            (shortest, longest) = size(TextCut.At(text, middle) + "…") <= most ? (middle, longest) : (shortest, middle - 1);
        }

        return shortest == 0 ? "" : TextCut.At(text, shortest) + "…";
    }
}
