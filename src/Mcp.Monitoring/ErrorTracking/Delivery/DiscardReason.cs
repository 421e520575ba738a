namespace Mcp.Monitoring.ErrorTracking.Delivery;

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

/// <summary>The names of reasons in Sentry's payloads and in our own counter.</summary>
internal static class DiscardReasonNames
{
    public static IReadOnlyList<DiscardReason> All { get; } = Enum.GetValues<DiscardReason>();

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
}
