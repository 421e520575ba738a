using Mcp.Monitoring.Alerting.Texts;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels;

/// <summary>What a channel of this library may use of its host.</summary>
internal sealed class ChannelHost
{
    /// <summary>Gets the settings in use; asked anew for each message, so that a channel follows a reload.</summary>
    public required Func<AlertChannelOptions> Options { get; init; }

    public required Func<AlertTexts> Texts { get; init; }

    public required Func<TimeZoneInfo> TimeZone { get; init; }

    /// <summary>Gets the name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>Gets what can be done about alerts, for answers that come back from a chat.</summary>
    public required Func<IAlertManager> Alerts { get; init; }

    public required IChannelMemory Memory { get; init; }

    public required ILoggerFactory Logging { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Gets whether the thread pool runs nothing: what would wait for it would not come back. Any thread.</summary>
    public Func<bool> IsPoolStarved { get; init; } = static () => false;
}
