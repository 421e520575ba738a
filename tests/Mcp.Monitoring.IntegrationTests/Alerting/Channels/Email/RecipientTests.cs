using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>One address that a mail server refuses keeps the message from nobody else.</summary>
public sealed class RecipientTests
{
    private const string Good = "good@example.test", Bad = "bad@example.test", Late = "late@example.test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_two_is_refused_and_the_other_gets_it_once()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = new Dictionary<string, string> { [Bad] = "550 5.1.1 no such user" } });
        using var logs = new RecordedLogs();
        using ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddProvider(logs));
        using EmailChannel channel = Mails.Channel(sink.Port, [Bad, Good], logging);

        DeliveryResult first = channel.Send(Mails.Message(1), Stop);
        DeliveryResult second = channel.Send(Mails.Message(2), Stop);

        Assert.Equal([DeliveryStatus.Delivered, DeliveryStatus.Delivered], [first.Status, second.Status]);
        Assert.Equal([Good], (await sink.MailAsync()).To);
        Assert.Equal([Good], (await sink.MailAsync()).To);
        Assert.Equal(2, await sink.CountAsync("mail"));
        LogEntry warning = Assert.Single(logs.Of("MailRefusedForOne"));
        Assert.Equal("Alerts by e-mail do not reach bad@example.test; the others get them. The mail server says 550 5.1.1 no such user.", warning.Message);
    }

    [Fact]
    public async Task All_are_refused_and_it_is_said_in_words()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = new Dictionary<string, string> { [Bad] = "550 5.1.1 no such user", [Good] = "550 5.7.1 relay not permitted" } });
        using EmailChannel channel = Mails.Channel(sink.Port, [Bad, Good]);

        DeliveryResult result = channel.Send(Mails.Message(), Stop);

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.Equal(
            "email: every address is refused. bad@example.test: 550 5.1.1 no such user; good@example.test: 550 5.7.1 relay not permitted. Check alerts.channels.email.to_emails.",
            result.Error);
        Assert.Equal(0, await sink.CountAsync("data"));
    }

    [Fact]
    public async Task One_is_to_come_later_and_is_tried_again_alone()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = new Dictionary<string, string> { [Late] = "451 4.2.1 try later", [Bad] = "550 5.1.1 no such user" } });
        using EmailChannel channel = Mails.Channel(sink.Port, [Late, Good, Bad]);

        DeliveryResult first = channel.Send(Mails.Message(), Stop);
        await sink.ScriptAsync(new { });
        DeliveryResult second = channel.Send(Mails.Message() with { Progress = first.Progress }, Stop);

        Assert.Equal(DeliveryStatus.Retry, first.Status);
        Assert.Contains("late@example.test: 451 4.2.1 try later", first.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Delivered, second.Status);
        SunkMail early = await sink.MailAsync(), late = await sink.MailAsync();
        Assert.Equal([Good], early.To);
        Assert.Equal([Late], late.To);
        Assert.Equal(early.Message.MessageId, late.Message.MessageId);
        Assert.Equal([Late, Good, Bad], late.Message.To.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Equal(2, await sink.CountAsync("mail"));
    }

    [Fact]
    public async Task All_are_to_come_later_and_nobody_is_lost()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = new Dictionary<string, string> { [Late] = "451 4.2.1 try later", [Good] = "452 4.2.2 mailbox full" } });
        using EmailChannel channel = Mails.Channel(sink.Port, [Late, Good]);

        for (int attempt = 0; attempt < 10; attempt++)
        {
            DeliveryResult result = channel.Send(Mails.Message(), Stop);
            Assert.Equal(DeliveryStatus.Retry, result.Status);
            Assert.Null(result.Progress);
        }

        await sink.ScriptAsync(new { });
        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message(), Stop).Status);
        Assert.Equal([Late, Good], (await sink.MailAsync()).To);
    }

    [Fact]
    public async Task Mailbox_that_is_full_for_long_is_asked_alone_warned_of_once_and_told_once_it_takes_mail()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = new Dictionary<string, string> { [Late] = "452 4.2.2 mailbox full" } });
        using var logs = new RecordedLogs();
        using ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddProvider(logs));
        using EmailChannel channel = Mails.Channel(sink.Port, [Late, Good], logging);
        string? progress = null;
        for (int attempt = 0; attempt < 10; attempt++)
        {
            DeliveryResult result = channel.Send(Mails.Message() with { Progress = progress }, Stop);
            Assert.Equal(DeliveryStatus.Retry, result.Status);
            Assert.Equal(progress ?? result.Progress, result.Progress);
            Assert.NotNull(result.Reference);
            progress = result.Progress;
        }

        Assert.Equal("Alerts by e-mail do not reach late@example.test; the others get them. The mail server says 452 4.2.2 mailbox full.", Assert.Single(logs.Of("MailRefusedForOne")).Message);
        await sink.ScriptAsync(new { });
        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message() with { Progress = progress }, Stop).Status);
        Assert.Equal([Good], (await sink.MailAsync()).To);
        Assert.Equal([Late], (await sink.MailAsync()).To);
        Assert.Equal(2, await sink.CountAsync("mail"));
    }

    [Fact]
    public async Task Fifty_of_whom_half_are_to_come_later_are_each_told_once()
    {
        string[] everybody = [.. Enumerable.Range(0, 50).Select(i => $"to{i}@example.test")];
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = everybody.Where((_, i) => i % 2 == 0).ToDictionary(to => to, _ => "451 4.2.1 try later") });
        using EmailChannel channel = Mails.Channel(sink.Port, everybody);

        DeliveryResult first = channel.Send(Mails.Message(), Stop);
        await sink.ScriptAsync(new { });
        DeliveryResult second = channel.Send(Mails.Message() with { Progress = first.Progress }, Stop);

        Assert.Equal(DeliveryStatus.Delivered, second.Status);
        Assert.Equal(everybody.Order(), (await sink.MailAsync()).To.Concat((await sink.MailAsync()).To).Order());
    }

    [Fact]
    public async Task Sender_that_is_refused_is_said_in_words()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { mail = "553 5.7.1 not your address" });
        using EmailChannel channel = Mails.Channel(sink.Port, [Good]);

        DeliveryResult result = channel.Send(Mails.Message(), Stop);

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.Contains("refuses the sender alerts@example.test: 553 5.7.1 not your address. Set alerts.channels.email.from_email", result.Error, StringComparison.Ordinal);
    }
}
