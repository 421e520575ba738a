using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Timing;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>How messages are sent.</summary>
internal sealed record DeliverySettings
{
    /// <summary>Gets how long after it was told to stop a call is left to itself.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Gets how many calls of a channel may be left to themselves at a time.</summary>
    public int MostHung { get; init; } = 4;

    /// <summary>Gets how long to wait after so many attempts, with full jitter.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)) { Jitter = Random.Shared.NextDouble };

    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets after how many failures in a row a channel pauses.</summary>
    public int FailuresBeforePause { get; init; } = 5;

    /// <summary>Gets how long the pause of that number is.</summary>
    public Backoff Pause { get; init; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

    /// <summary>Gets how long a channel may pause before another stands in for it.</summary>
    public TimeSpan FallbackAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how often a message is tried whose outcomes are unknown.</summary>
    public int UnknownAttempts { get; init; } = 5;

    /// <summary>Gets how long those are waited for who are to be told later, while others have the message.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan BetweenChecks { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets how many messages may wait for one channel.</summary>
    public int MostWaiting { get; init; } = 1_000;

    /// <summary>Gets the channel that stands in for others, by its name; <see langword="null"/> for the next that works.</summary>
    public Func<string?> FallbackChannel { get; init; } = static () => null;

    /// <summary>Gets the time zone of the times in messages.</summary>
    public Func<TimeZoneInfo> TimeZone { get; init; } = static () => TimeZoneInfo.Local;

    /// <summary>Gets the language of messages.</summary>
    public Func<AlertTexts> Texts { get; init; } = static () => AlertTexts.English;
}
