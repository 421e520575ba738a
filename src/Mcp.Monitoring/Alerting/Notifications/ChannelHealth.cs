namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Judges a channel by what became of its messages and self-checks: when it may be tried again, and when another must stand in for it.</summary>
internal sealed class ChannelHealth(DeliverySettings settings)
{
    private const int MostFailed = 1_000;

    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private TimeSpan? _waitingSince;
    private TimeSpan _notBefore = TimeSpan.MinValue;
    private TimeSpan _nextCheck = TimeSpan.MinValue;
    private bool _isRefused;
    private int _pauses;
    private int _failedChecks;

    /// <summary>Gets how many attempts failed since the last that succeeded.</summary>
    public int Failures { get; private set; }

    /// <summary>Gets how many messages failed since the last that succeeded, however often each was tried.</summary>
    public int FailedMessages => _failed.Count;

    public string? LastError { get; private set; }

    public DateTimeOffset? LastSuccess { get; set; }

    public bool IsCheckFailed { get; private set; }

    /// <summary>Gets since when it is down.</summary>
    public TimeSpan? DownSince { get; private set; }

    public bool IsDown => IsCheckFailed || _isRefused || _waitingSince is not null;

    /// <summary>Gets when the next self-check is due.</summary>
    public TimeSpan NextCheck => _nextCheck;

    /// <summary>Gets from when on something may be sent; a single probe, where it is down.</summary>
    public TimeSpan NextSend => IsCheckFailed ? TimeSpan.MaxValue : _notBefore;

    /// <summary>Gets from when on another channel stands in for it.</summary>
    public TimeSpan FallbackFrom => IsCheckFailed || _isRefused ? TimeSpan.MinValue : _waitingSince + settings.FallbackAfter ?? TimeSpan.MaxValue;

    public void Succeeded(DateTimeOffset utc)
    {
        LastSuccess = utc;
        _notBefore = TimeSpan.MinValue;
        Forget();
    }

    /// <summary>Takes note that nothing is left to be sent: if the channel says that it works and its pause is over, it is not down any more.</summary>
    public void NothingWaits(TimeSpan now)
    {
        if (!IsCheckFailed && _notBefore <= now)
        {
            Forget();
        }
    }

    /// <summary>Takes note of a failed attempt.</summary>
    /// <param name="now">When.</param>
    /// <param name="message">What was to be sent: the same for each attempt.</param>
    /// <param name="result">How it failed.</param>
    /// <param name="hasHung">Whether it never ended.</param>
    public void Failed(TimeSpan now, string message, DeliveryResult result, bool hasHung)
    {
        Failures++;
        if (_failed.Count < MostFailed)
        {
            _failed.Add(message);
        }

        LastError = result.Error;
        bool isRefused = result.Status == DeliveryStatus.Permanent;
        _isRefused |= isRefused;
        if (RetryAfter(result) is { } asked)
        {
            Block(now + asked);
            if (asked >= settings.FallbackAfter)
            {
                _waitingSince ??= now;
            }

            // A password that is tried again and again locks an account, whoever tries it.
            if (isRefused && _nextCheck < now + asked)
            {
                _nextCheck = now + asked;
            }
        }

        if (isRefused || hasHung || _waitingSince is not null || Failures >= settings.FailuresBeforePause)
        {
            _waitingSince ??= now;
            Block(now + settings.Pause.After(++_pauses));
        }

        DownSince = IsDown ? DownSince ?? now : null;
    }

    /// <summary>Takes note of a self-check.</summary>
    public void Checked(TimeSpan now, DeliveryResult result)
    {
        if (result.Status == DeliveryStatus.Delivered)
        {
            if (IsCheckFailed)
            {
                // What was wrong has been put right: time for a probe.
                _notBefore = now;
            }

            IsCheckFailed = false;
            _failedChecks = 0;
            _nextCheck = now + settings.BetweenChecks;
            DownSince = IsDown ? DownSince : null;
            return;
        }

        IsCheckFailed = true;
        DownSince ??= now;
        LastError = result.Error;
        TimeSpan sooner = settings.Pause.After(++_failedChecks);
        TimeSpan wait = result.Status == DeliveryStatus.Permanent || sooner > settings.BetweenChecks ? settings.BetweenChecks : sooner;
        _nextCheck = now + (RetryAfter(result) is { } asked && asked > wait ? asked : wait);
    }

    /// <summary>Has it checked at once, and tried if it was refused: its settings may be other ones.</summary>
    public void Reconsider(TimeSpan now)
    {
        _nextCheck = now;
        _notBefore = _isRefused ? TimeSpan.MinValue : _notBefore;
    }

    /// <summary>Gets how long the receiver wants to be left alone.</summary>
    public TimeSpan? RetryAfter(DeliveryResult result) => result.RetryAfter is { } asked && asked > TimeSpan.Zero
        ? asked < settings.LongestRetryAfter ? asked : settings.LongestRetryAfter
        : null;

    private void Forget()
    {
        Failures = 0;
        _failed.Clear();
        LastError = null;
        _isRefused = false;
        _waitingSince = null;
        _pauses = 0;
        DownSince = IsDown ? DownSince : null;
    }

    private void Block(TimeSpan until) => _notBefore = until > _notBefore ? until : _notBefore;
}
