using System.Text;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>Texts that break writers of formats.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "\"", "\\", "\n", "\\n", "\\\"", "\r\n", "\t", "\0", "\u001f", "\u007f", "\u0085", "\u2028", "{", "}", ",", "=", " ", "#", "# EOF", "le=\"1\"",
        "погода", "日本", "😀", "👩‍👩‍👧", "\u202e", "\uFEFF", "\uD800", "\uDC00", "é", "a", "Z", "_", "0", "+Inf", "NaN",
    ];

    public static string Next(Random random)
    {
        int length = random.Next(5) == 0 ? 200 : random.Next(12);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.Length > length ? text.ToString(0, length) : text.ToString();
    }

    /// <summary>What is left of a text in UTF-8: a lone surrogate is the replacement character.</summary>
    public static string AsSent(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
