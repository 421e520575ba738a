using System.Text;
using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Telegram;

/// <summary>Messages whose every text was made by somebody who means harm.</summary>
internal static class HostileMessage
{
    private static readonly string[] Pieces =
    [
        "<b>", "</b>", "</i>", "<a href=\"javascript:alert(1)\">", "</a>", "<tg-spoiler>", "<pre><code class=\"x\">", "<", ">", "&", "&amp;", "&lt;b&gt;", "&#60;", "&quot;", "\"", "'",
        "<!channel>", "@everyone", "*_`[x](http://evil)", "\r\nBcc: x", "\n", "\t", "\0", "\u001b[31m", "\u202e", "\u2066", "\u200f", "\u2028", "\uFEFF", "\u00ad", "\uD800", "\uDC00", "👩‍👩‍👧‍👦",
        "é", "й", "ошибка", "日本", "😀", " ", "  ", "a", "{0}", "tg://user?id=1", "https://evil.example/?a=1&b=2", "/start",
    ];

    private static readonly string?[] Addresses =
    [
        null, "", "https://runbooks.example.com/a?b=1&c=<x>", "http://10.0.0.1/x", "http://grafana:3000/d", "javascript:alert(1)", "RUNBOOKS.md#a", "https://", "tg://user?id=1", "https://user:pw@example.com/",
        "https://example.com/" + new string('a', 3_000), "http://[::1]/", "https://пример.рф/й",
    ];

    public static AlertNotification Next(Random random) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Kind = (NotificationKind)random.Next(10),
        Severity = (AlertSeverity)random.Next(4),
        Group = Text(random),
        Title = Text(random),
        Mark = random.Next(4) == 0 ? null : "🔴",
        Heading = random.Next(8) == 0 ? null : Text(random),
        Body = random.Next(8) == 0 ? null : Text(random),
        Footer = random.Next(8) == 0 ? null : Text(random),
        Service = Text(random),
        Summary = Text(random),
        Facts = [.. Enumerable.Range(0, random.Next(4) == 0 ? random.Next(60) : random.Next(6)).Select(_ => Text(random))],
        Text = Text(random),
        Incident = random.Next(2) == 0 ? null : random.Next(int.MaxValue),
        Runbook = Addresses[random.Next(Addresses.Length)],
        Dashboard = Addresses[random.Next(Addresses.Length)],
        Page = Addresses[random.Next(Addresses.Length)],
    };

    public static string Text(Random random)
    {
        int length = random.Next(150) switch { 0 => 6_000, 1 or 2 => 1_200, < 20 => 300, _ => random.Next(60) };
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
