namespace Mcp.Monitoring.Alerting;

/// <summary>What became of an attempt to send.</summary>
public enum DeliveryStatus
{
    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It was not taken, and a later attempt may succeed.</summary>
    Retry,

    /// <summary>It will never be taken: a wrong token, a channel that is gone.</summary>
    Permanent,

    /// <summary>It may have been taken: the answer did not come. It is sent again, marked as a possible duplicate.</summary>
    Unknown,
}

/// <summary>What became of an attempt to send, and what the receiver said.</summary>
public readonly record struct DeliveryResult
{
    private DeliveryResult(DeliveryStatus status, string? error, TimeSpan? retryAfter, string? reference)
    {
        Status = status;
        Error = error;
        RetryAfter = retryAfter;
        Reference = reference;
    }

    /// <summary>Gets what became of it.</summary>
    public DeliveryStatus Status { get; }

    /// <summary>Gets what went wrong, for people; no secret. At most 500 characters are kept.</summary>
    public string? Error { get; }

    /// <summary>Gets how long the receiver wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets what later messages of the same group need, such as the id of a thread.</summary>
    public string? Reference { get; }

    /// <summary>The receiver has taken it.</summary>
    /// <param name="reference">What later messages of the same group need, if anything.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Delivered(string? reference = null) => new(DeliveryStatus.Delivered, error: null, retryAfter: null, reference);

    /// <summary>It was not taken, and a later attempt may succeed.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="retryAfter">How long the receiver wants to be left alone; at most an hour counts.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Retry(string error, TimeSpan? retryAfter = null) => new(DeliveryStatus.Retry, error, retryAfter, reference: null);

    /// <summary>It will never be taken.</summary>
    /// <param name="error">What went wrong.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Permanent(string error) => new(DeliveryStatus.Permanent, error, retryAfter: null, reference: null);

    /// <summary>It may have been taken.</summary>
    /// <param name="error">What went wrong.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Unknown(string error) => new(DeliveryStatus.Unknown, error, retryAfter: null, reference: null);
}
