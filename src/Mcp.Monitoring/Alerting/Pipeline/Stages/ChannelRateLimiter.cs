using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Pipeline.Stages;

/// <summary>
/// How much one channel is told. Of the messages of an hour a fifth is kept for digests; what is too much is counted in the next one, and nothing is lost. Critical
/// alerts have a minute's share of their own.
/// </summary>
internal sealed class ChannelRateLimiter(string channel)
{
    private const int DigestShare = 5;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<TimeSpan> _sent = new();
    private readonly Queue<TimeSpan> _begunCritical = new();
    private readonly Queue<TimeSpan> _begunOther = new();

    private TimeSpan? _lastDigest;

    public string Channel => channel;

    /// <summary>Gets what was counted since the last digest.</summary>
    public DigestContent? Digest { get; private set; }

    public bool IsUnsaved { get; set; }

    /// <summary>Takes a message into account.</summary>
    /// <returns>Whether it may be sent; if not, it must be counted.</returns>
    public bool TryAcquire(NotificationKind kind, AlertSeverity severity, StormOptions options, TimeSpan now)
    {
        Trim(_sent, now - Hour);
        if (_sent.Count >= options.MessagesPerHour - Reserved(options))
        {
            return false;
        }

        if (kind is NotificationKind.First or NotificationKind.SilenceExpired or NotificationKind.FlappingStarted or NotificationKind.Escalation)
        {
            bool isCritical = severity == AlertSeverity.Critical;
            Queue<TimeSpan> begun = isCritical ? _begunCritical : _begunOther;
            Trim(begun, now - Minute);
            if (begun.Count >= options.GroupsPerMinute || (Digest is not null && !isCritical))
            {
                return false;
            }

            begun.Enqueue(now);
        }

        _sent.Enqueue(now);
        return true;
    }

    /// <summary>Counts a message that is not sent.</summary>
    public void Count(GroupChange change, TimeSpan now)
    {
        Digest ??= new DigestContent { Since = now };
        Digest.Add(change);
        IsUnsaved = true;
    }

    /// <summary>Gets when the next digest is due.</summary>
    public TimeSpan? Due(StormOptions options)
    {
        if (Digest is not { } digest)
        {
            return null;
        }

        TimeSpan due = digest.Since + Minute;
        TimeSpan? spaced = _lastDigest + (digest.Severity == AlertSeverity.Critical ? Minute : Hour / Reserved(options));
        TimeSpan? allowed = _sent.Count >= options.MessagesPerHour ? _sent.Peek() + Hour : null;
        return Latest(Latest(due, spaced), allowed);
    }

    /// <summary>Takes what was counted, to be sent now.</summary>
    public DigestContent Take(StormOptions options, TimeSpan now)
    {
        DigestContent digest = Digest!;
        Digest = null;
        _lastDigest = now;
        IsUnsaved = true;
        Trim(_sent, now - Hour);
        while (_sent.Count >= options.MessagesPerHour)
        {
            _sent.Dequeue();
        }

        _sent.Enqueue(now);
        return digest;
    }

    public void Restore(DigestContent digest) => Digest = digest;

    private static int Reserved(StormOptions options) => Math.Max(1, options.MessagesPerHour / DigestShare);

    private static TimeSpan Latest(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;

    private static void Trim(Queue<TimeSpan> times, TimeSpan before)
    {
        while (times.TryPeek(out TimeSpan oldest) && oldest <= before)
        {
            times.Dequeue();
        }
    }
}
