using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What becomes of messages, by channel.</summary>
internal sealed class DeliveryMetrics(MetricsRegistry registry)
{
    private const string SentResult = "sent", FailedResult = "failed", SupersededResult = "superseded", DeadResult = "dead", FallbackResult = "fallback";

    private static readonly string[] Results = [SentResult, FailedResult, SupersededResult, DeadResult, FallbackResult];

    private readonly CounterFamily _notifications = registry.Counter(MetricNames.Notifications);
    private readonly GaugeFamily _up = registry.Gauge(MetricNames.NotificationChannelUp);
    private readonly GaugeFamily _lastSuccess = registry.Gauge(MetricNames.NotificationLastSuccess);
    private readonly GaugeFamily _outbox = registry.Gauge(MetricNames.NotificationOutbox);

    /// <summary>Shows a channel from the start.</summary>
    /// <param name="channel">Its name.</param>
    /// <param name="status">How it is; <see langword="null"/> while it is switched off, of which nothing is shown but what it sent before.</param>
    public void Add(string channel, Func<ChannelStatus?> status)
    {
        foreach (string result in Results)
        {
            _notifications.With(channel, result);
        }

        _up.With(channel).Source = () => status() is { } known ? known.IsDown ? 0 : 1 : double.NaN;
        _outbox.With(channel).Source = () => status()?.Waiting ?? double.NaN;
    }

    public void Sent(string channel, DateTimeOffset at)
    {
        _notifications.With(channel, SentResult).Increment();
        _lastSuccess.With(channel).Set(at.ToUnixTimeMilliseconds() / 1000.0);
    }

    public void Failed(string channel) => _notifications.With(channel, FailedResult).Increment();

    public void FellBack(string channel) => _notifications.With(channel, FallbackResult).Increment();

    /// <summary>Counts what ended; what was sent is counted when it is.</summary>
    public void Ended(string channel, DeliveryState state)
    {
        if (state is DeliveryState.Superseded or DeliveryState.Dead)
        {
            _notifications.With(channel, state == DeliveryState.Dead ? DeadResult : SupersededResult).Increment();
        }
    }
}
