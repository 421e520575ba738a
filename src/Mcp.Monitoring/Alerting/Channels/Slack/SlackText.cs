using System.Text;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>Text of others as Slack shows it to the letter: no mention, no link, nothing that cannot be seen.</summary>
internal static class SlackText
{
    /// <summary>Bounds a text and escapes it.</summary>
    /// <param name="text">A text that nobody has escaped.</param>
    /// <param name="most">The most UTF-16 units of the outcome.</param>
    public static string Of(string text, int most)
    {
        string line = LineSanitizer.Of(text, most);
        int fitting = Fitting(line, most);
        return Escape(fitting == line.Length ? line : TextCut.At(line, Fitting(line, most - 1)) + "…");
    }

    /// <summary>Escapes what Slack reads as its own: these three, and nothing else.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny('&', '<', '>'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = Replacement(c) is { } replacement ? escaped.Append(replacement) : escaped.Append(c);
        }

        return escaped.ToString();
    }

    // What is escaped must not be cut: it would be shown in pieces.
    private static int Fitting(string text, int most)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            length += Replacement(text[i])?.Length ?? 1;
            if (length > most)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static string? Replacement(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => null,
    };
}
