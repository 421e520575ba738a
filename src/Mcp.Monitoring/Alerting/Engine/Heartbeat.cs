using Mcp.Monitoring.Alerting.Notifications;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>
/// Calls an address each minute, as long as rules are evaluated: whoever listens there misses the calls when this process is dead, or nothing is judged in it any more.
/// The engine's thread begins each call, and each has a thread of its own.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="address">The address in use, if there is one.</param>
/// <param name="call">Calls it.</param>
/// <param name="start">Starts the threads of calls.</param>
/// <param name="failed">Counts a call that failed.</param>
/// <param name="logger">Hears of the first that fails, and when they arrive again.</param>
internal sealed class Heartbeat(AlertClock clock, Func<Uri?> address, Func<Uri, CancellationToken, DeliveryResult> call, StartThread start, Action failed, ILogger logger)
{
    private const int MostHung = 4;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ForReadiness = TimeSpan.FromSeconds(5);

    private readonly List<ChannelCall> _hanging = [];
    private ChannelCall? _call;
    private TimeSpan _next = TimeSpan.MinValue;
    private bool _hasFailed;

    /// <summary>Gets or sets who is told when a call has ended; any thread calls it.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>Calls, if it is time and rules are evaluated.</summary>
    /// <param name="sinceEvaluation">How long ago they were.</param>
    /// <param name="interval">How often they should be.</param>
    /// <returns>When it wants to be called next, if no call ends before.</returns>
    public TimeSpan Tick(TimeSpan sinceEvaluation, TimeSpan interval)
    {
        TimeSpan now = clock.Now;
        Look(now);
        if (address() is not { } url)
        {
            return TimeSpan.MaxValue;
        }

        if (_call is null && now >= _next)
        {
            _hanging.RemoveAll(hanging => hanging.IsDone);
            if (sinceEvaluation > 2 * interval || _hanging.Count >= MostHung)
            {
                return now + ForReadiness;
            }

            _next = now + Minute;
            _call = new ChannelCall("heartbeat", stop => call(url, stop), message: null, now + Limit, () => Wake());
            _call.Begin(start);
            Look(now);
        }

        return _call is not { } going ? _next : going.IsStopped ? going.StopAt + HangLimit : going.StopAt;
    }

    private void Look(TimeSpan now)
    {
        if (_call is not { } going)
        {
            return;
        }

        if (going.IsDone)
        {
            _call = null;
            Note(going.Result);
        }
        else if (!going.IsStopped && now >= going.StopAt)
        {
            going.Stop(start);
        }
        else if (going.IsStopped && now >= going.StopAt + HangLimit)
        {
            _call = null;
            _hanging.Add(going);
            Note(DeliveryResult.Unknown(FormattableString.Invariant($"no answer within {(Limit + HangLimit).TotalSeconds:0} s")));
        }
    }

    // Each trouble once, and its end.
    private void Note(DeliveryResult result)
    {
        if (result.Status == DeliveryStatus.Delivered)
        {
            if (_hasFailed)
            {
                Log.HeartbeatWorks(logger);
            }

            _hasFailed = false;
            return;
        }

        failed();
        if (!_hasFailed)
        {
            Log.HeartbeatFailed(logger, result.Error ?? "");
        }

        _hasFailed = true;
    }
}
