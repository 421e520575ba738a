using System.Net;
using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Alerting.Notifications;
using MimeKit;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

/// <summary>Whatever a client or an exception wrote arrives literally, and does nothing.</summary>
public sealed class HostileMailTests
{
    private const int Inputs = 10_000, Longest = 2_000;

    private static readonly string[] Pieces =
    [
        "\r\nBcc: everybody@company.com", "\nX-Injected: 1", "\r\n\r\n", ".\r\n", "\r\n.\r\nQUIT\r\n", "<!channel>", "</b><a href=javascript:alert(1)>", "<img src=http://evil/x>", "<script>", "\"'><",
        "--=-boundary", "=?utf-8?B?0J/RgNC40LLQtdGC?=", "=C3=A9", "=\r\n", "\u202e", "\u2066", "\u200b", "\uFEFF", "\uD800", "\uDC00", "\0", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\t",
        "1с недоступна", "👩‍👩‍👧‍👦", "🔥", "日本", "é", "&amp;", "&#10;", "%0d%0aBcc:", "x@y.z>,<a@b.c", ";,:<>()[]\\\"", "From ", ">From ", " ", "a", "Z", "_", " · ", "[resolved]",
    ];

    private static readonly string[] OurTags = ["!DOCTYPE", "html", "/html", "head", "/head", "meta", "body", "/body", "div", "/div", "p", "/p", "br", "a", "/a"];

    [Fact]
    public void Text_of_anybody_arrives_literally_and_makes_no_header_no_tag_and_no_address()
    {
        var random = new Random(20_260_301);
        for (int i = 0; i < Inputs; i++)
        {
            string title = Next(random), body = Next(random), fact = Next(random), runbook = Next(random);
            AlertNotification notification = Mail.Notification with
            {
                Title = title,
                Heading = $"critical · {title}",
                Service = Next(random),
                Body = body,
                Facts = [fact],
                Footer = Next(random),
                Runbook = random.Next(2) == 0 ? runbook : $"https://wiki/{runbook}",
                ThreadReference = random.Next(2) == 0 ? $"{Outage.Id[..31]}0@company.com{(random.Next(2) == 0 ? "\t" : "")}{Next(random)}" : Next(random),
            };

            using MimeMessage mail = Mail.Sent(notification);

            Judge(mail, notification, i);
        }
    }

    [Fact]
    public void Hundred_kilobytes_become_a_mail_that_people_read()
    {
        string text = string.Concat(Enumerable.Repeat("1с 🔥 <b> ", 10_000));

        using MimeMessage mail = Mail.Sent(Mail.Notification with { Title = text, Heading = text, Body = text, Facts = [.. Enumerable.Repeat(text, 50)], Footer = text, Service = text, Runbook = text });

        Assert.InRange(mail.TextBody!.Length, Longest, 100_000);
    }

    private static void Judge(MimeMessage mail, AlertNotification notification, int input)
    {
        string[] expected =
        [
            "Auto-Submitted", "Date", "From", "Importance", .. mail.InReplyTo is null ? Array.Empty<string>() : ["In-Reply-To"], "Message-Id", "MIME-Version", "Priority",
            .. mail.InReplyTo is null ? Array.Empty<string>() : ["References"], "Subject", "Thread-Topic", "To", "X-Auto-Response-Suppress", "X-Priority",
        ];
        Assert.True(expected.SequenceEqual(mail.Headers.Select(header => header.Field).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase), $"Input {input}: {string.Join(", ", mail.Headers)}");
        Assert.Equal("ops@company.com, boss@company.com", mail.To.ToString());
        Assert.Equal(["alerts@company.com"], mail.From.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Matches("^(0199a0c0d1e2f30415263748596a7b80@company[.]com[A-Za-z0-9]*)?$", mail.InReplyTo ?? "");
        Assert.DoesNotContain(mail.Subject!, char.IsControl);
        string topic = EmailThread.Of(notification)?.Topic ?? $"{Seen(notification.Service)}: {Seen(notification.Title)}";
        Assert.StartsWith(mail.Subject!.TrimEnd('…'), $"[critical] {topic}".TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(mail.Subject!["[critical]".Length..].Trim(), mail.Headers["Thread-Topic"]!.Trim());
        Assert.Equal(2, mail.BodyParts.Count());

        string text = Mail.TextOf(mail), html = Mail.HtmlOf(mail);
        string heading = $"🔴 {Seen(notification.Heading!)} · {Seen(notification.Service)}";
        Assert.StartsWith($"{heading}\n\n{Seen(notification.Body!)}\n", text, StringComparison.Ordinal);
        Assert.Empty(HtmlReading.Tags(html).Except(OurTags, StringComparer.Ordinal));
        Assert.All(HtmlReading.Links(html), link => Assert.Matches("^https://(wiki/|grafana[.]company[.]com/d/mcp$|orders[.]company[.]com/monitoring$)", link));
        string[] read = [.. HtmlReading.Texts(html).Select(WebUtility.HtmlDecode).Select(said => said!)];
        Assert.Equal(heading.Trim(), read[0]);
        Assert.Contains(Seen(notification.Body!), read.Append("").ToArray());
        Assert.Contains(Seen(notification.Facts[0]), read.Append("").ToArray());
    }

    // What is left of a text when what cannot be seen is taken out.
    private static string Seen(string text) => LineSanitizer.Of(text, Longest);

    private static string Next(Random random)
    {
        int length = random.Next(20) == 0 ? 500 : random.Next(60);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
