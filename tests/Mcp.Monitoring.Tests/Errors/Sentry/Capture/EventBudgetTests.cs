using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

[CollectionDefinition(nameof(EventBudgetTests), DisableParallelization = true)]
[Collection(nameof(EventBudgetTests))]
public class EventBudgetTests
{
    [Fact]
    public void So_many_of_one_fingerprint_are_sent_in_a_minute_and_the_rest_is_told_when_it_ends()
    {
        using var host = new SentryHost(options => options.EventsPerMinute = 3);

        Fail(host, "tool", 5);

        Assert.Equal(3, host.Sent().Count);
        Assert.Equal(2, host.Outbox.Dropped(DiscardReason.Repeated));
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(3, host.Sent().Count);
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        SentryEvent first = host.Outbox.Sent[0];
        SentryEvent summary = Assert.Single(host.Sent().Skip(3));
        Assert.Equal("2 more within a minute: System.InvalidOperationException", summary.Text);
        Assert.Equal(2L, summary.Extra["count"]);
        Assert.Equal(first.Fingerprint, summary.Fingerprint);
        Assert.Equal(first.Level, summary.Level);
        Assert.Equal("tool", summary.Tags["mcp.tool.name"]);
        Assert.DoesNotContain("correlation_id", summary.Tags.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public void Next_minute_has_a_budget_of_its_own()
    {
        using var host = new SentryHost(options => options.EventsPerMinute = 2);

        Fail(host, "tool", 2);
        host.Sent();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        Fail(host, "tool", 2);

        Assert.Equal(4, host.Sent().Count);
        Assert.Equal(0, host.Outbox.DroppedErrors);
    }

    [Fact]
    public void Minute_without_more_errors_than_were_sent_tells_nothing()
    {
        using var host = new SentryHost(options => options.EventsPerMinute = 2);

        Fail(host, "tool", 2);
        host.Sent();
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, host.Sent().Count);
    }

    [Fact]
    public void Each_tool_has_a_budget_of_its_own()
    {
        using var host = new SentryHost(options => options.EventsPerMinute = 1);

        Fail(host, "one", 2);
        Fail(host, "two", 2);

        Assert.Equal(["one", "two"], host.Sent().Select(sent => sent.Tags["operation"]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_still_to_be_told_is_told_when_the_host_stops()
    {
        using var host = new SentryHost(options => options.EventsPerMinute = 1);

        Fail(host, "tool", 20);
        bool haveAllLeft = await host.Tracker.StopAsync(TimeSpan.FromSeconds(5));

        Assert.True(haveAllLeft);
        Assert.Equal(["", "19 more within a minute: System.InvalidOperationException"], host.Outbox.Sent.Select(sent => sent.Text ?? ""), StringComparer.Ordinal);
    }

    [Fact]
    public void Hundred_thousand_failures_fill_neither_the_queue_nor_the_memory_and_every_one_is_accounted_for()
    {
        const int Failures = 100_000;
        using var host = new SentryHost(outbox: new FakeOutbox(capacity: 100));
        Fail(host, "warm_up", Failures);
        host.Sent();
        long sentBefore = host.Outbox.Sent.Count;
        long droppedBefore = host.Outbox.DroppedErrors;
        int before = ReachableObjects.Count(host);

        Fail(host, "tool", Failures);
        int kept = ReachableObjects.Count(host) - before;
        host.Sent();

        Assert.InRange(kept, -before, Failures / 10);
        Assert.Equal(10, host.Outbox.Sent.Count - sentBefore);
        Assert.Equal(Failures, host.Outbox.Sent.Count - sentBefore + host.Outbox.DroppedErrors - droppedBefore);
        Assert.Equal(0, host.Outbox.Dropped(DiscardReason.QueueOverflow));
        host.Clock.Advance(TimeSpan.FromSeconds(70));
        Assert.Contains($"{Failures - 10} more within a minute: System.InvalidOperationException", host.Sent().Select(sent => sent.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void Hundred_thousand_different_failures_are_accounted_for_too()
    {
        const int Failures = 100_000;
        using var host = new SentryHost(outbox: new FakeOutbox(capacity: 100));
        long sent = 0;

        for (int i = 0; i < Failures; i++)
        {
            host.Hub.CaptureMessage($"message {i}");
            if (i % 1_000 == 0)
            {
                sent = host.Sent().Count;
            }
        }

        sent = host.Sent().Count;
        Assert.Equal(Failures, sent + host.Outbox.DroppedErrors);
        Assert.InRange(sent, 1, 1_100);
    }

    private static void Fail(SentryHost host, string tool, int times)
    {
        for (int i = 0; i < times; i++)
        {
            host.Fail(tool, new InvalidOperationException("no"));
        }
    }
}
