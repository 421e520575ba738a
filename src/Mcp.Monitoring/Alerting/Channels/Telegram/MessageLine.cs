namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>A line of a message: what is bold, what is not, what is in italics. Each is whole in it, so that a message is cut between lines and never inside markup.</summary>
internal readonly record struct MessageLine(string Text, string Bold = "", string After = "", string Italic = "")
{
    public static readonly MessageLine Empty = new("");

    /// <summary>Gets how many UTF-16 units of the limit it takes, with its line break: Telegram counts what is left when the markup has been read.</summary>
    public int Length => Text.Length + Bold.Length + After.Length + Italic.Length + 1;

    public string Plain => Text + Bold + After + Italic;

    public string Html => Escape(Text) + Tagged("b", Bold) + Escape(After) + Tagged("i", Italic);

    private static string Tagged(string tag, string text) => text.Length == 0 ? "" : $"<{tag}>{Escape(text)}</{tag}>";

    // All that Telegram's HTML asks for outside of attributes; it knows few named entities, and &apos; is not one of them.
    private static string Escape(string text) => text.AsSpan().IndexOfAny('&', '<', '>') < 0 ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
