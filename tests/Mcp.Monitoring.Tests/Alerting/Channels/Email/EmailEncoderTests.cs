using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using MimeKit;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Email;

public sealed class EmailEncoderTests
{
    [Fact]
    public void Text_says_what_every_channel_says()
    {
        using MimeMessage mail = Mail.Sent(Mail.Notification);

        Assert.Equal(
            """
            🔴 critical · 1c down · orders-mcp

            14 of 14 calls failed in 5 min, since 03:00 MSK

            Tools: get_order 9, get_stock 5.
            Breaker open.

            Runbook: https://wiki.company.com/1c?a=1&b=2
            Dashboard: https://grafana.company.com/d/mcp
            Page: https://orders.company.com/monitoring

            Incident 7
            v1.4.2, up 6 d.

            """.ReplaceLineEndings("\n"),
            Mail.TextOf(mail));
    }

    [Fact]
    public void HTML_says_the_same_with_links_as_buttons()
    {
        using MimeMessage mail = Mail.Sent(Mail.Notification);

        string html = Mail.HtmlOf(mail);
        Assert.Equal(
            [
                "&#128308; critical &#183; 1c down &#183; orders-mcp", "14 of 14 calls failed in 5 min, since 03:00 MSK", "Tools: get_order 9, get_stock 5.", "Breaker open.", "Runbook",
                "Dashboard", "Page", "Incident 7", "v1.4.2, up 6 d.",
            ],
            HtmlReading.Texts(html));
        Assert.Equal(["https://wiki.company.com/1c?a=1&amp;b=2", "https://grafana.company.com/d/mcp", "https://orders.company.com/monitoring"], HtmlReading.Links(html));
    }

    [Fact]
    public void HTML_loads_nothing_and_leaves_the_colours_of_text_and_ground_to_the_client()
    {
        string html = Mail.HtmlOf(Mail.Sent(Mail.Notification with { Runbook = null, Dashboard = null, Page = null }));

        Assert.DoesNotMatch("(?i)<(img|link|style|script|iframe)|url\\(|http|src=|[;\" ](color|background)[:-]", html.Replace("color-scheme", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_around_it_follow_the_language()
    {
        string text = Mail.TextOf(Mail.Sent(Mail.Notification, AlertLanguage.Ru));

        Assert.DoesNotMatch("Runbook|Dashboard|Page|Incident", text);
    }

    [Fact]
    public void Headers_are_these_and_no_others()
    {
        using MimeMessage mail = Mail.Sent(Mail.Notification);

        Assert.Equal(
            ["Auto-Submitted", "Date", "From", "Importance", "Message-Id", "MIME-Version", "Priority", "Subject", "Thread-Topic", "To", "X-Auto-Response-Suppress", "X-Priority"],
            mail.Headers.Select(header => header.Field).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("[critical] orders-mcp: 1c down", mail.Subject);
        Assert.Equal($"{Outage.Id}@company.com", mail.MessageId);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 3, 0, TimeSpan.Zero), mail.Date);
        Assert.Equal(TimeSpan.FromHours(3), mail.Date.Offset);
        Assert.Equal("\"Мониторинг\" <alerts@company.com>", mail.From.ToString(FormatOptions.Default, encode: false));
        Assert.Equal("ops@company.com, boss@company.com", mail.To.ToString());
        Assert.Equal((MessageImportance.High, MessagePriority.Urgent, XMessagePriority.Highest), (mail.Importance, mail.Priority, mail.XPriority));
    }

    [Theory]
    [InlineData(AlertSeverity.High, false)]
    [InlineData(AlertSeverity.Critical, true)]
    public void What_is_not_critical_or_over_is_not_urgent(AlertSeverity severity, bool isOver)
    {
        using MimeMessage mail = Mail.Sent(Mail.Notification with { Severity = severity, EndedAt = isOver ? DateTimeOffset.UnixEpoch : null });

        Assert.Equal((MessageImportance.Normal, MessagePriority.Normal, XMessagePriority.Normal), (mail.Importance, mail.Priority, mail.XPriority));
    }

    [Theory]
    [InlineData("critical · 1c down", "1c down", "[critical] orders-mcp: 1c down")]
    [InlineData("resolved · 1c down", "1c down", "[resolved] orders-mcp: 1c down")]
    [InlineData("критично · 1с недоступна 🔥", "1с недоступна 🔥", "[критично] orders-mcp: 1с недоступна 🔥")]
    [InlineData("low · Started", "Started: tools −get_order +get_orders", "[low] orders-mcp: Started: tools −get_order +get_orders")]
    [InlineData("critical · =?utf-8?B?YQ==?=", "=?utf-8?B?YQ==?= 1с недоступна", "[critical] orders-mcp: =?utf-8?B?YQ==?= 1с недоступна")]
    [InlineData(null, "1c down", "[critical] orders-mcp: 1c down")]
    public void Subject_has_the_state_the_service_and_the_title(string? heading, string title, string expected)
    {
        Assert.Equal(expected, Mail.Sent(Mail.Notification with { Heading = heading, Title = title }).Subject);
    }

    [Theory]
    [InlineData("critical · 1c down", "1c down")]
    [InlineData("now high · 41 failing", "41 failing")]
    [InlineData("resolved · 1c", "1c")]
    public void Subjects_of_an_outage_differ_in_nothing_but_the_state_in_brackets(string heading, string title)
    {
        string reference = new EmailThread($"{new string('1', 32)}@company.com", "orders-mcp: 1c down").ToString();

        using MimeMessage mail = Mail.Sent(Mail.Notification with { Heading = heading, Title = title, ThreadReference = reference });

        Assert.Equal($"[{heading.Split(" · ")[0]}] orders-mcp: 1c down", mail.Subject);
        Assert.Equal("orders-mcp: 1c down", mail.Headers["Thread-Topic"]);
        Assert.Equal($"{new string('1', 32)}@company.com", mail.InReplyTo);
        Assert.Equal([mail.InReplyTo!], mail.References);
    }

    [Theory]
    [InlineData("", "orders-mcp: 1c down")]
    [InlineData("\t", "orders-mcp: 1c down")]
    [InlineData("\torders: a\r\nBcc: x@y.z\tb", "orders: a Bcc: x@y.z b")]
    public void Topic_from_the_store_is_one_line_or_none(string behind, string topic)
    {
        using MimeMessage mail = Mail.Sent(Mail.Notification with { ThreadReference = $"{new string('1', 32)}@company.com{behind}" });

        Assert.Equal($"[critical] {topic}", mail.Subject);
        Assert.Equal("ops@company.com, boss@company.com", mail.To.ToString());
        Assert.Empty(mail.Bcc);
    }

    [Theory]
    [InlineData("Test message")]
    [InlineData("Daily report: all is well")]
    public void Subject_of_what_has_no_state_says_its_title_once(string title)
    {
        Assert.Equal($"orders-mcp: {title}", Mail.Sent(Mail.Notification with { Heading = title, Title = title }).Subject);
    }

    [Fact]
    public void Subject_of_a_message_of_the_version_before_is_in_the_language_of_messages()
    {
        Assert.Equal("[критично] orders-mcp: 1c down", Mail.Sent(Mail.Notification with { Heading = null }, AlertLanguage.Ru).Subject);
        Assert.Equal("[решено] orders-mcp: 1c down", Mail.Sent(Mail.Notification with { Heading = null, EndedAt = DateTimeOffset.UnixEpoch }, AlertLanguage.Ru).Subject);
    }

    [Fact]
    public void Subject_is_cut_between_two_characters_of_a_person()
    {
        string subject = Mail.Sent(Mail.Notification with { Title = string.Concat(Enumerable.Repeat("é👍🏽", 100)) }).Subject!;

        Assert.InRange(subject.Length, 140, 150);
        Assert.Matches("(é|👍🏽)…$", subject);
    }

    [Fact]
    public void Message_of_the_version_before_is_its_one_line()
    {
        const string Line = "🔴 critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK.";
        using MimeMessage mail = Mail.Sent(Mail.Notification with { Heading = null, Mark = null, Body = null, Footer = null, Text = Line });

        Assert.StartsWith($"{Line}\n\nRunbook: https://wiki", Mail.TextOf(mail), StringComparison.Ordinal);
        Assert.DoesNotContain("Breaker open", Mail.TextOf(mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)", "Runbook: javascript:alert(1)")]
    [InlineData("RUNBOOKS.md#mcpintegrationdown", "Runbook: RUNBOOKS.md#mcpintegrationdown")]
    [InlineData("file:///etc/passwd", "Runbook: file:///etc/passwd")]
    public void Runbook_that_is_no_page_of_the_web_is_text(string runbook, string line)
    {
        using MimeMessage mail = Mail.Sent(Mail.Notification with { Runbook = runbook, Dashboard = null, Page = null });

        Assert.Contains($"\n{line}\n", Mail.TextOf(mail), StringComparison.Ordinal);
        Assert.Empty(HtmlReading.Links(Mail.HtmlOf(mail)));
    }

    [Fact]
    public void More_facts_than_a_mail_shows_are_counted()
    {
        string text = Mail.TextOf(Mail.Sent(Mail.Notification with { Facts = [.. Enumerable.Range(1, 30).Select(i => $"Fact {i}.")] }));

        Assert.Contains("\nFact 20.\nand 10 more\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fact 21", text, StringComparison.Ordinal);
    }
}
