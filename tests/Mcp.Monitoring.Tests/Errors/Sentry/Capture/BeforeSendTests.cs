using Mcp.Monitoring.Errors.Sentry.Queue;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

public class BeforeSendTests
{
    [Fact]
    public void Hook_sees_the_whole_event_and_may_change_it()
    {
        using var host = new SentryHost(options => options.BeforeSend = sent =>
        {
            Assert.NotEmpty(sent.Fingerprint);
            Assert.NotNull(sent.Release);
            sent.SetTag("team", "weather");
            return sent;
        });

        host.Fail("tool", new InvalidOperationException());

        Assert.Equal("weather", Assert.Single(host.Sent()).Tags["team"]);
    }

    [Fact]
    public void Event_that_the_hook_does_not_return_is_dropped_and_counted()
    {
        using var host = new SentryHost(options => options.BeforeSend = _ => null);

        host.Fail("tool", new InvalidOperationException());

        Assert.Empty(host.Sent());
        Assert.Equal(1, host.Outbox.Dropped(DiscardReason.BeforeSend));
    }

    [Fact]
    public void Event_whose_hook_fails_is_dropped_and_both_are_counted()
    {
        using var host = new SentryHost(options => options.BeforeSend = _ => throw new InvalidOperationException());

        host.Fail("tool", new InvalidOperationException());

        Assert.Empty(host.Sent());
        Assert.Equal(1, host.Outbox.Dropped(DiscardReason.BeforeSend));
        Assert.Equal(1, host.Host.Sum("mcp_monitoring_errors_total", ("component", "error_tracking")));
    }

    [Fact]
    public void Hook_is_not_called_on_the_thread_that_failed()
    {
        int calls = 0;
        using var host = new SentryHost(options => options.BeforeSend = sent =>
        {
            calls++;
            return sent;
        });

        host.Fail("tool", new InvalidOperationException());

        Assert.Equal(0, calls);
        host.Sent();
        Assert.Equal(1, calls);
    }
}
