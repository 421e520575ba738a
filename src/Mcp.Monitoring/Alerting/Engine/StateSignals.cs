using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What the process knows of itself: its threads, the ways to people, the store, how it stopped before.</summary>
internal sealed class StateSignals(AlertClock clock, IStateStore store, DeliveryQueue queue, Func<TimeZoneInfo> zone, Func<AlertTexts> texts, Func<int> waiting, Func<long> poolQueue) : IStateSignals
{
    // What it says is soon old news.
    private static readonly TimeSpan UncleanStopFor = TimeSpan.FromMinutes(10);

    private string? _storeProblem;

    /// <summary>Gets or sets how former runs ended, once that is known.</summary>
    public StartupHistory? History { get; set; }

    public IReadOnlyList<StateSignal> Of(string name) => name switch
    {
        SignalNames.ThreadPoolQueue => [new StateSignal(poolQueue())],
        SignalNames.RequestsWaiting => [new StateSignal(waiting())],
        SignalNames.ChannelCheckFailed => OfChannels(channel => channel.IsCheckFailed ? 1 : 0),
        SignalNames.ChannelFailures => OfChannels(channel => channel.Failures),
        SignalNames.ChannelOldestSeconds => OfChannels(channel => channel.OldestWaiting is { } oldest ? (clock.UtcNow - oldest).TotalSeconds : 0),
        SignalNames.UncleanStops when History is { IsNewCrashLoop: true } loop => [new StateSignal(loop.UncleanStops)],
        SignalNames.UncleanStop when clock.Now < UncleanStopFor && History?.DescribeStop(zone(), texts()) is { } stop => [new StateSignal(1) { Facts = [stop] }],
        SignalNames.StoreDegraded => OfStore(),
        _ => [],
    };

    // People are told after it was judged, and of its end: by then it may be well again, and they are to know what was wrong.
    private StateSignal[] OfStore()
    {
        string? problem = store.Degraded;
        _storeProblem = problem ?? _storeProblem;
        return _storeProblem is null ? [] : [new StateSignal(problem is null ? 0 : 1) { Facts = [_storeProblem] }];
    }

    private StateSignal[] OfChannels(Func<ChannelStatus, double> value) =>
    [
        .. from channel in queue.Channels
           select new StateSignal(value(channel))
           {
               Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [AlertLabels.Channel] = channel.Name },
               Facts = channel.LastError is { } error ? [error] : [],
           },
    ];
}
