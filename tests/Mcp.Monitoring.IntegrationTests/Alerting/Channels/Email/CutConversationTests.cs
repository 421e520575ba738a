using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Email;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;

/// <summary>Where a conversation ends decides what may have become of the message.</summary>
public sealed class CutConversationTests
{
    private const string To = "ops@example.test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mail", DeliveryStatus.Retry)]
    [InlineData("rcpt", DeliveryStatus.Retry)]
    [InlineData("data", DeliveryStatus.Retry)]
    [InlineData("end", DeliveryStatus.Unknown)]
    public async Task Cut_before_a_byte_of_the_message_is_for_later_and_after_it_nobody_knows(string where, DeliveryStatus expected)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { cut = where });
        using EmailChannel channel = Mails.Channel(sink.Port, [To]);

        DeliveryResult cut = channel.Send(Mails.Message(), Stop);
        await sink.ScriptAsync(new { });
        DeliveryResult again = channel.Send(Mails.Message() with { IsPossibleDuplicate = true }, Stop);

        Assert.Equal(expected, cut.Status);
        Assert.Contains("cut the connection before", cut.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Delivered, again.Status);
        Assert.Equal(again.Reference!.Split('\t')[0], (await sink.MailAsync()).Message.MessageId);
        Assert.StartsWith("0199a0c0d1e2f30415263748596a0001@example.test\torders-mcp: ", again.Reference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("greeting", "421 4.3.2 shutting down")]
    [InlineData("mail", "421 4.3.2 shutting down")]
    [InlineData("data", "421 4.3.2 shutting down")]
    [InlineData("mail", "452 4.3.1 disk full")]
    [InlineData("data", "451 4.3.0 filter is busy")]
    public async Task Server_that_is_busy_is_asked_again_on_a_new_connection(string where, string answer)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new Dictionary<string, string> { [where] = answer });
        using EmailChannel channel = Mails.Channel(sink.Port, [To]);

        DeliveryResult busy = channel.Send(Mails.Message(), Stop);
        await sink.ScriptAsync(new { });
        DeliveryResult again = channel.Send(Mails.Message(), Stop);

        Assert.Equal(DeliveryStatus.Retry, busy.Status);
        Assert.Contains($"is busy: {answer}.", busy.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Delivered, again.Status);
        Assert.Equal(2, await sink.CountAsync("connection"));
    }

    [Fact]
    public async Task Server_that_ends_the_conversation_at_an_address_is_asked_again()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { rcpt = new Dictionary<string, string> { [To] = "421 4.3.2 shutting down" } });
        using EmailChannel channel = Mails.Channel(sink.Port, [To]);

        DeliveryResult busy = channel.Send(Mails.Message(), Stop);
        await sink.ScriptAsync(new { });

        Assert.Equal(DeliveryStatus.Retry, busy.Status);
        Assert.Contains("is busy: 421 4.3.2 shutting down", busy.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message(), Stop).Status);
        Assert.Equal(2, await sink.CountAsync("connection"));
    }

    [Theory]
    [InlineData("554 5.7.1 looks like spam", "refuses the message: 554 5.7.1 looks like spam.")]
    [InlineData("552 5.3.4 too big", "the message is too large for the mail server 127.0.0.1:{0}: 552 5.3.4 too big.")]
    public async Task Message_that_is_refused_is_given_up_in_words(string answer, string words)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { data = answer });
        using EmailChannel channel = Mails.Channel(sink.Port, [To]);

        DeliveryResult result = channel.Send(Mails.Message(), Stop);

        Assert.Equal(DeliveryStatus.Permanent, result.Status);
        Assert.Contains(words.Replace("{0}", $"{sink.Port}", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("greeting", DeliveryStatus.Retry, "did not greet in time. If the port speaks TLS from the first byte, set alerts.channels.email.security to tls.")]
    [InlineData("end", DeliveryStatus.Unknown, "did not answer in time before it had answered, and may have taken the message.")]
    public async Task Server_that_says_nothing_holds_a_call_no_longer_than_its_limit(string where, DeliveryStatus expected, string words)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await sink.ScriptAsync(new { silent = where });
        using EmailChannel channel = Mails.Channel(sink.Port, [To]);
        using var limit = new CancellationTokenSource();

        Task<DeliveryResult> sending = Task.Factory.StartNew(() => channel.Send(Mails.Message(), limit.Token), Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await sink.NextAsync(where == "end" ? "end" : "connection");
        Assert.False(sending.IsCompleted);
        await limit.CancelAsync();
        DeliveryResult result = await sending.WaitAsync(TimeSpan.FromSeconds(10), Stop);

        Assert.Equal(expected, result.Status);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Burst_goes_over_one_connection_which_is_closed_when_nothing_follows()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        var time = new FakeTimeProvider();
        using EmailChannel channel = Mails.Channel(sink.Port, [To], time: time);

        for (int i = 1; i <= 3; i++)
        {
            // As the queue does, each from a thread of its own.
            DeliveryResult result = await Task.Factory.StartNew(() => channel.Send(Mails.Message(i), Stop), Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Assert.Equal(DeliveryStatus.Delivered, result.Status);
            time.Advance(KeptConnection.Longest - TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(1, await sink.CountAsync("connection"));
        Assert.Equal(0, await sink.CountAsync("closed"));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await sink.NextAsync("closed");

        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message(4), Stop).Status);
        Assert.Equal(2, await sink.CountAsync("connection"));
        Assert.Equal(4, await sink.CountAsync("mail"));
    }

    [Fact]
    public async Task Connection_that_the_server_has_closed_meanwhile_costs_no_message()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        using EmailChannel channel = Mails.Channel(sink.Port, [To], time: new FakeTimeProvider());
        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message(1), Stop).Status);
        await sink.ScriptAsync(new { drop = true });
        await sink.NextAsync("closed");

        Assert.Equal(DeliveryStatus.Delivered, channel.Send(Mails.Message(2), Stop).Status);
        Assert.Equal(2, await sink.CountAsync("mail"));
    }
}
