using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>
/// Since when a member runs. One that has just started has forgotten what fires: the end of an alert that comes before what goes on in other replicas would have it tell that
/// the whole group is over. It belongs to the engine's thread.
/// </summary>
internal sealed class MemberStart(AlertClock clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // By then every replica has found that it has restarted, or that it is back, and has sent what fires there.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(40);

    private DateTimeOffset? _startedAt;
    private TimeSpan? _knownAt;

    /// <summary>Gets when it is to be asked again.</summary>
    public TimeSpan Next => _knownAt + Interval ?? TimeSpan.MinValue;

    /// <summary>Gets whether this is known well enough to send an end.</summary>
    public bool IsFresh => _knownAt + Fresh >= clock.Now;

    /// <summary>Gets from when on ends may be sent.</summary>
    public TimeSpan EndsFrom { get; private set; } = TimeSpan.MinValue;

    /// <summary>Takes what it says of itself. What does not say it, such as a proxy that lets nothing but alerts through, is taken to have run for long.</summary>
    /// <returns>Whether it has restarted since it was asked before.</returns>
    public bool Take(HttpReply reply)
    {
        DateTimeOffset? before = _startedAt;
        _knownAt = clock.Now;
        _startedAt = reply.IsSuccess ? AlertmanagerJson.ReadStart(reply.Body) : null;
        if (_startedAt is not { } started)
        {
            EndsFrom = TimeSpan.MinValue;
            return false;
        }

        // Known already: a proxy that has another time would have it be young for as long as that differs.
        if (started == before)
        {
            return false;
        }

        TimeSpan age = (reply.Date ?? clock.UtcNow) - started;
        TimeSpan left = Young - (age > TimeSpan.Zero ? age : TimeSpan.Zero);
        EndsFrom = left > TimeSpan.Zero ? clock.Now + left : TimeSpan.MinValue;
        return before is not null;
    }
}
