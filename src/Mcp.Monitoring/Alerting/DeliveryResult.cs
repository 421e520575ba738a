using System.Text;

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
    private const int MostProgress = 1_024;

    /// <summary>Gets what became of it.</summary>
    public DeliveryStatus Status { get; private init; }

    /// <summary>Gets what went wrong, for people; no secret. At most 500 characters are kept.</summary>
    public string? Error { get; internal init; }

    /// <summary>Gets how long the receiver wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Gets what later messages of the same group need, such as the id of a thread.</summary>
    public string? Reference { get; internal init; }

    /// <summary>Gets who has it already, for the next attempt.</summary>
    public string? Progress { get; private init; }

    /// <summary>The receiver has taken it.</summary>
    /// <param name="reference">What later messages of the same group need, if anything.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Delivered(string? reference = null) => new() { Status = DeliveryStatus.Delivered, Reference = reference };

    /// <summary>It was not taken, or not by everybody, and a later attempt may succeed.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="retryAfter">How long the receiver wants to be left alone; at most an hour counts.</param>
    /// <param name="progress">Who has it already, in a form of your own, where somebody has: it is stored, and comes back as <see cref="AlertNotification.Progress"/>,
    /// also after a restart. The channel counts as one that works then, and the others are tried again alone, for at most a day. <see langword="null"/> where nobody
    /// has it, or to keep what an earlier attempt said. At most 1,024 bytes in UTF-8.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException"><paramref name="progress"/> is longer.</exception>
    public static DeliveryResult Retry(string error, TimeSpan? retryAfter = null, string? progress = null) =>
        progress is not null && Encoding.UTF8.GetByteCount(progress) is > MostProgress and var bytes
            ? throw new ArgumentException($"It has {bytes} bytes in UTF-8; at most {MostProgress} are stored.", nameof(progress))
            : new() { Status = DeliveryStatus.Retry, Error = error, RetryAfter = retryAfter, Progress = progress };

    /// <summary>It will never be taken.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="retryAfter">How long nothing should be tried on this channel, no self-check either, such as after a refused password; at most an hour counts.
    /// A reload of the settings ends it.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Permanent(string error, TimeSpan? retryAfter = null) =>
        new() { Status = DeliveryStatus.Permanent, Error = error, RetryAfter = retryAfter };

    /// <summary>It may have been taken.</summary>
    /// <param name="error">What went wrong.</param>
    /// <returns>The result.</returns>
    public static DeliveryResult Unknown(string error) => new() { Status = DeliveryStatus.Unknown, Error = error };
}
