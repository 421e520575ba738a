using Mcp.Monitoring.Alerts.Delivery;

namespace Mcp.Monitoring.Alerts.Routing;

/// <summary>Who is told of which severity where no route says otherwise. Channels of the host are told what they let through.</summary>
internal static class DefaultRouting
{
    public const string Telegram = "telegram", Slack = "slack", Email = "email", Log = "log";

    private static readonly string[] Preferred = [Telegram, Slack, Email];

    public static IEnumerable<string> Of(AlertSeverity severity, IReadOnlyList<ChannelStatus> channels)
    {
        string[] told = [.. channels.Where(channel => IsTold(severity, channel)).Select(channel => channel.Name)];
        return severity == AlertSeverity.Low || channels.Any(channel => channel.IsRemote && told.Contains(channel.Name, StringComparer.Ordinal))
            ? told
            : [.. told, .. Next(channels, except: "")];
    }

    /// <summary>Names the first of the well-known channels that exists.</summary>
    public static IEnumerable<string> Next(IReadOnlyList<ChannelStatus> channels, string except) =>
        Preferred.Where(name => name != except && channels.Any(channel => channel.Name == name)).Take(1);

    private static bool IsTold(AlertSeverity severity, ChannelStatus channel) => channel.Name switch
    {
        Log => true,
        Telegram => severity >= AlertSeverity.Medium,
        Slack => severity >= AlertSeverity.High,
        Email => severity >= AlertSeverity.Critical,
        _ => severity >= channel.MinimumSeverity,
    };
}
