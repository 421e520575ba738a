namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>Why something never reached Sentry.</summary>
internal enum DiscardReason
{
    /// <summary>The queue was full.</summary>
    QueueOverflow,

    /// <summary>Sentry had asked for quiet.</summary>
    RateLimitBackoff,

    /// <summary>Sentry was not reached, or not able, for too long; or the process ended first.</summary>
    NetworkError,

    /// <summary>Sentry refused it.</summary>
    SendError,

    /// <summary>It was not among the share that is sent.</summary>
    SampleRate,

    /// <summary>The host's before-send hook said no.</summary>
    BeforeSend,

    /// <summary>The noise filter said no.</summary>
    EventProcessor,

    /// <summary>Enough alike were sent within the minute; a summary tells how many more there were.</summary>
    Repeated,

    /// <summary>It could not be written.</summary>
    InternalError,
}

/// <summary>The names of reasons.</summary>
internal static class DiscardReasonNames
{
    public static IReadOnlyList<DiscardReason> All { get; } = Enum.GetValues<DiscardReason>();

    /// <summary>The name in our own counter, which is Sentry's where it has one.</summary>
    public static string Name(this DiscardReason reason) => reason switch
    {
        DiscardReason.QueueOverflow => "queue_overflow",
        DiscardReason.RateLimitBackoff => "ratelimit_backoff",
        DiscardReason.NetworkError => "network_error",
        DiscardReason.SendError => "send_error",
        DiscardReason.SampleRate => "sample_rate",
        DiscardReason.BeforeSend => "before_send",
        DiscardReason.EventProcessor => "event_processor",
        DiscardReason.Repeated => "repeated",
        _ => "internal_sdk_error",
    };

    /// <summary>The name that Sentry knows: it has none for what our budget holds back.</summary>
    public static string NameForSentry(this DiscardReason reason) => (reason == DiscardReason.Repeated ? DiscardReason.EventProcessor : reason).Name();
}
