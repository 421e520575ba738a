using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>What still leaves when the host stops, is disposed of or dies.</summary>
public sealed class SentryFlushTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Flush_sends_what_waits_for_company_and_the_report()
    {
        await using var host = new TransportHost();
        host.Queue.TryEnqueue(TransportHost.Log());
        host.Queue.Discarded(DiscardReason.BeforeSend, DataCategory.Error);

        Assert.True(await host.Queue.FlushAsync(Patience));

        ParsedEnvelope envelope = await host.Sentry.EnvelopeAsync();
        Assert.Equal("log", envelope.Items[0].Type);
        Assert.Equal(["1 error before_send"], envelope.Report, StringComparer.Ordinal);
        Assert.Equal(1, host.Sentry.Requests);
    }

    [Fact]
    public async Task Flush_sends_a_report_that_has_nothing_to_travel_with()
    {
        await using var host = new TransportHost();
        host.Queue.Discarded(DiscardReason.BeforeSend, DataCategory.Error);

        Assert.True(await host.Queue.FlushAsync(Patience));

        Assert.Equal(["1 error before_send"], (await host.Sentry.EnvelopeAsync()).Report, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Flush_of_nothing_is_over_at_once()
    {
        await using var host = new TransportHost();

        Assert.True(await host.Queue.FlushAsync(TimeSpan.Zero));
        Assert.True(host.Queue.Flush(TimeSpan.Zero));
        Assert.Equal(0, host.Sentry.Requests);
    }

    [Fact]
    public async Task Flush_ends_when_its_time_is_over()
    {
        await using var host = new TransportHost();
        host.Sentry.Hangs();
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();

        Task<bool> flush = host.Queue.FlushAsync(TimeSpan.FromSeconds(3));
        await host.Time.PassAsync(3, 3);

        Assert.False(await flush);
        Assert.False(host.Queue.Flush(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Flush_of_a_dying_process_blocks_until_everything_has_left()
    {
        await using var host = new TransportHost();
        host.Queue.TryEnqueue(TransportHost.Event());
        host.Queue.TryEnqueue(TransportHost.Log());

        Assert.True(host.Queue.Flush(Patience));
        Assert.Equal(2, host.Sentry.Requests);
    }

    [Fact]
    public async Task Flush_makes_an_envelope_that_waits_for_another_attempt_hurry()
    {
        await using var host = new TransportHost();
        host.Sentry.Answers(500, 200);
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Time.WaiterAsync(1, 1.5);

        Assert.True(host.Queue.Flush(Patience));
        Assert.Equal(2, host.Sentry.Requests);
    }

    [Fact]
    public async Task Stop_counts_what_could_not_leave_and_what_comes_after_it()
    {
        await using var host = new TransportHost();
        host.Sentry.Hangs();
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();
        host.Queue.TryEnqueue(TransportHost.Event());
        host.Queue.TryEnqueue(TransportHost.Transaction());
        host.Queue.TryEnqueue(TransportHost.Log());

        await host.StopAsync(TimeSpan.Zero);

        Assert.Equal(4, host.Dropped("network_error"));
        Assert.False(host.Queue.TryEnqueue(TransportHost.Event()));
        Assert.False(host.Queue.TryEnqueue(TransportHost.Log()));
        Assert.Equal(6, host.Dropped("network_error"));
        Assert.True(host.Queue.Flush(TimeSpan.Zero));
    }

    [Fact]
    public async Task Disposal_sends_what_waits()
    {
        await using var host = new TransportHost();
        host.Queue.TryEnqueue(TransportHost.Log());

        host.Queue.Dispose();

        Assert.Equal(1, host.Sentry.Accepted);
    }

    [Fact]
    public async Task Disposal_after_a_flush_in_vain_waits_no_more()
    {
        await using var host = new TransportHost(new QueueSettings { ShutdownTimeout = TimeSpan.FromHours(1) });
        host.Sentry.Hangs();
        host.Queue.TryEnqueue(TransportHost.Event());
        await host.Sentry.NextAsync();
        Task<bool> flush = host.Queue.FlushAsync(TimeSpan.FromSeconds(5));
        await host.Time.PassAsync(5, 5);
        await flush;

        Task disposal = Task.Run(host.Queue.Dispose, TestContext.Current.CancellationToken);
        await disposal.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, host.Dropped("network_error"));
    }
}
