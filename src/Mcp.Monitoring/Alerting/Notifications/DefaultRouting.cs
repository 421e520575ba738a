namespace Mcp.Monitoring.Alerting.Notifications;

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

    /// <summary>Finds out whether there is a channel of a name. The log is always one: who names it wants nobody called, even where it is switched off.</summary>
    public static bool IsKnown(string name, IReadOnlyList<ChannelStatus> channels) => name == Log || channels.Any(channel => channel.Name == name);

    /// <summary>Takes channels as they are named, unless there is none of them: then who is told by the severity, rather than nobody.</summary>
    public static IEnumerable<string> Or(IReadOnlyList<string> named, AlertSeverity severity, IReadOnlyList<ChannelStatus> channels) =>
        named.Count == 0 || named.Any(name => IsKnown(name, channels)) ? named : Of(severity, channels);

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
