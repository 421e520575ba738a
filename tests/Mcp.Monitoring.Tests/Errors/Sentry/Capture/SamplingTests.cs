using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

public class SamplingTests
{
    [Fact]
    public void Nothing_is_sent_at_0_and_everything_is_counted()
    {
        using var host = new SentryHost(options => options.SampleRate = 0);

        for (int i = 0; i < 20; i++)
        {
            host.Fail("tool", new InvalidOperationException());
        }

        Assert.Empty(host.Sent());
        Assert.Equal(20, host.Outbox.Dropped(DiscardReason.SampleRate));
    }

    [Fact]
    public void Share_is_about_the_rate_and_the_rest_is_counted()
    {
        using var host = new SentryHost(options =>
        {
            options.SampleRate = 0.5;
            options.EventsPerMinute = 10_000;
        });

        for (int i = 0; i < 2_000; i++)
        {
            host.Fail("tool", new InvalidOperationException());
        }

        int sent = host.Sent().Count;
        Assert.InRange(sent, 800, 1_200);
        Assert.Equal(2_000, sent + host.Outbox.Dropped(DiscardReason.SampleRate));
    }
}
