using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>What is dropped under a limit, and how Sentry is told of it.</summary>
public sealed class SentryReportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Limited_category_is_dropped_and_counted_and_the_others_pass()
    {
        await using var host = new TransportHost();
        host.Sentry.Answer = static (number, _) => Task.FromResult(ScriptedSentry.Status(200, number == 0 ? [("X-Sentry-Rate-Limits", "60:error:organization")] : []));
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Queue.FlushAsync(Patience);

        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Queue.FlushAsync(Patience);
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Queue.FlushAsync(Patience);
        Assert.True(host.Queue.TryEnqueue(TransportHost.Transaction()));
        await host.Sentry.NextAsync();
        Assert.Equal(["1 error ratelimit_backoff"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
        Assert.Equal(["1 error ratelimit_backoff"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
        ParsedEnvelope transaction = await host.Sentry.EnvelopeAsync();

        Assert.Equal("transaction", transaction.Items[0].Type);
        Assert.Equal(2, host.Dropped("ratelimit_backoff"));

        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(host.Queue.TryEnqueue(TransportHost.Event()));
        Assert.Equal("event", (await host.Sentry.EnvelopeAsync()).Items[0].Type);
    }

    [Fact]
    public async Task What_was_waiting_when_a_limit_came_is_dropped_and_reported_when_it_is_over()
    {
        await using var host = new TransportHost();
        var gate = new TaskCompletionSource();
        host.Sentry.Answer = async (number, _) =>
        {
            await gate.Task;
            return number == 0 ? ScriptedSentry.Status(429, ("Retry-After", "30")) : ScriptedSentry.Status(200);
        };
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();
        host.Queue.TryEnqueue(TransportHost.Event());
        host.Queue.TryEnqueue(TransportHost.Transaction(spans: 3));
        gate.SetResult();
        await host.Queue.FlushAsync(Patience);
        Assert.Equal(1, host.Sentry.Requests);

        host.Time.Advance(TimeSpan.FromSeconds(30));
        host.Queue.TryEnqueue(TransportHost.Event());

        // Sentry has counted the one that it refused.
        Assert.Equal(["1 error ratelimit_backoff", "1 transaction ratelimit_backoff", "4 span ratelimit_backoff"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
        Assert.Equal(3, host.Dropped("ratelimit_backoff"));
    }

    [Fact]
    public async Task Report_that_did_not_arrive_is_sent_again_with_what_came_since()
    {
        await using var host = new TransportHost();
        host.Sentry.Answers(400, 400, 200);
        host.Queue.Discarded(DiscardReason.SampleRate, DataCategory.Transaction, 7);

        for (int i = 0; i < 3; i++)
        {
            host.Queue.TryEnqueue(TransportHost.Event());
            await host.Queue.FlushAsync(TimeSpan.Zero);
        }

        string[] first = [.. (await host.Sentry.EnvelopeAsync()).Report];
        string[] second = [.. (await host.Sentry.EnvelopeAsync()).Report];
        string[] third = [.. (await host.Sentry.EnvelopeAsync()).Report];
        Assert.Equal(["7 transaction sample_rate"], first);
        Assert.Equal(["1 error send_error", "7 transaction sample_rate"], second);
        Assert.Equal(["2 error send_error", "7 transaction sample_rate"], third);
    }

    [Fact]
    public async Task Report_alone_that_fails_stands_in_nobodys_way_and_goes_with_the_next_envelope()
    {
        await using var host = new TransportHost();
        host.Sentry.Answers(500, 200);
        host.Queue.Discarded(DiscardReason.BeforeSend, DataCategory.Error);
        Assert.True(await host.Queue.FlushAsync(Patience));

        host.Queue.TryEnqueue(TransportHost.Event());

        Assert.Equal(["1 error before_send"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
        ParsedEnvelope next = await host.Sentry.EnvelopeAsync();
        Assert.Equal(["event", "client_report"], next.Items.Select(item => item.Type), StringComparer.Ordinal);
        Assert.Equal(["1 error before_send"], next.Report, StringComparer.Ordinal);
    }
}
