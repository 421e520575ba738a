using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.KilledProcess;
using MimeKit;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>A real mail server takes what is sent, and it lies in the mailbox as it was meant.</summary>
public sealed class EximTests
{
    private static readonly string[] OurHeaders =
    [
        "From", "To", "Subject", "Thread-Topic", "Date", "Message-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "Importance", "Priority", "X-Priority", "MIME-Version",
    ];

    [Theory]
    [InlineData(EmailSecurity.Starttls)]
    [InlineData(EmailSecurity.Tls)]
    public async Task Russian_and_emoji_lie_in_the_mailbox_as_they_were_meant(EmailSecurity security)
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, security));

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.True(outcome.Status == "Delivered", outcome.Error);
        MimeMessage mail = Assert.Single(await exim.MailsAsync(1));
        Assert.Equal("[critical] orders-mcp: 1с недоступна 🔥", mail.Subject);
        MailboxAddress from = Assert.Single(mail.From.Mailboxes);
        Assert.Equal(("Мониторинг 🚨", "alerts@example.test"), (from.Name, from.Address));
        Assert.Equal("0199a0c0d1e2f30415263748596a0001@example.test", mail.MessageId);
        Assert.Equal(
            """
            🔴 critical · 1с недоступна 🔥 · orders-mcp

            14 из 14 вызовов не удались за 5 мин, since 03:00 MSK

            Tools: get_order 9, get_stock 5.
            Breaker open.

            Page: https://orders.company.com/monitoring

            Incident 7
            v1.4.2, up 6 d.

            """.ReplaceLineEndings("\n"),
            mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("1с недоступна", mail.HtmlBody!, StringComparison.Ordinal);
        string[] added = ["Return-path", "Envelope-to", "Delivery-date", "Received"];
        Assert.Equal(OurHeaders.Order(), mail.Headers.Select(header => header.Field).Except(added, StringComparer.OrdinalIgnoreCase).Order(), StringComparer.OrdinalIgnoreCase);
        Assert.Contains(security == EmailSecurity.Tls ? $"[127.0.0.1]:{exim.TlsPort}" : $"[127.0.0.1]:{exim.Port}", exim.Journal, StringComparison.Ordinal);
        Assert.Contains("A=plain:bot", exim.Journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_answers_the_first_message_and_a_reference_of_somebody_else_is_left_out()
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, EmailSecurity.Starttls));

        MailOutcome first = await process.SendAsync(Mails.Message(1));
        await process.SendAsync(Mails.Message(2) with { Kind = NotificationKind.Resolved, Heading = "resolved · 1с недоступна 🔥", ThreadReference = first.Reference });
        string id = first.Reference!.Split('\t')[0];
        await process.SendAsync(Mails.Message(3) with { ThreadReference = $"{id}>\r\nBcc: everybody@example.test" });

        IReadOnlyList<MimeMessage> mails = await exim.MailsAsync(3);
        MimeMessage end = mails.Single(mail => mail.MessageId!.Contains("0002@", StringComparison.Ordinal)), other = mails.Single(mail => mail.MessageId!.Contains("0003@", StringComparison.Ordinal));
        Assert.Equal("[resolved] orders-mcp: 1с недоступна 🔥", end.Subject);
        Assert.Equal(id, end.InReplyTo);
        Assert.Equal([id], end.References);
        Assert.Null(other.InReplyTo);
        Assert.Empty(other.References);
        Assert.DoesNotContain("everybody", exim.Journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_a_server_that_would_take_a_message_and_sends_none()
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, EmailSecurity.Starttls));

        MailOutcome outcome = await process.CheckAsync();

        Assert.True(outcome.Status == "Delivered", outcome.Error);
        Assert.DoesNotContain("<=", exim.Journal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrong_password_is_tried_once_and_said_in_words(bool isCheck)
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, EmailSecurity.Starttls) with { Password = "wr0ng-p4ssword" });

        MailOutcome outcome = isCheck ? await process.CheckAsync() : await process.SendAsync(Mails.Message());

        Assert.Equal("Permanent", outcome.Status);
        Assert.Contains($"email: the mail server localhost:{exim.Port} refuses the user name or the password: 535", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("Check alerts.channels.email.smtp_username and smtp_password.", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-p4ssword", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(2, exim.Journal.Split("authenticator failed").Length);
    }

    [Fact]
    public async Task Server_that_asks_for_a_sign_in_is_said_in_words()
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, EmailSecurity.Starttls) with { User = null, Password = null });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.Equal("Permanent", outcome.Status);
        Assert.Contains("authentication required", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_mailbox_that_is_not_there_keeps_the_message_from_nobody()
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, EmailSecurity.Starttls) with { To = ["bad@example.test", "ops@example.test"] });

        MailOutcome outcome = await process.SendAsync(Mails.Message());

        Assert.True(outcome.Status == "Delivered", outcome.Error);
        Assert.Single(await exim.MailsAsync(1));
    }

    [Fact]
    public async Task Without_a_thread_in_the_pool_and_beside_a_connect_without_an_answer_20_of_20_messages_arrive_within_15_seconds_each()
    {
        await using EximServer exim = await EximServer.StartAsync();
        await using MailProcess process = MailProcess.Start(exim.Certificate, Settings(exim, EmailSecurity.Starttls));
        using var unanswered = new UnansweredPort();
        await process.StarveAsync();
        await process.StickAsync(new MailSettings(unanswered.Port) { Server = "127.0.0.1" });
        var seconds = new List<double>();

        for (int i = 1; i <= 20; i++)
        {
            // A new connection each time: the way to it is what waits for the pool.
            await process.RenewAsync(Settings(exim, i % 2 == 0 ? EmailSecurity.Starttls : EmailSecurity.Tls));
            MailOutcome outcome = await process.SendAsync(Mails.Message(i));
            Assert.True(outcome.Status == "Delivered", outcome.Error);
            seconds.Add(outcome.Seconds);
        }

        Assert.True(await process.IsStarvedAsync(), "A thread of the pool was free.");
        Assert.True(seconds.Max() < 15, string.Join(' ', seconds));
        Assert.Equal(20, (await exim.MailsAsync(20)).Select(mail => mail.MessageId).Distinct().Count());
        TestContext.Current.SendDiagnosticMessage($"20 mails on a starved pool: {seconds.Min():0.000} to {seconds.Max():0.000} s");
    }

    private static MailSettings Settings(EximServer exim, EmailSecurity security) => new(security == EmailSecurity.Tls ? exim.TlsPort : exim.Port)
    {
        Security = security,
        User = EximServer.User,
        Password = EximServer.Password,
        FromName = "Мониторинг 🚨",
    };
}
