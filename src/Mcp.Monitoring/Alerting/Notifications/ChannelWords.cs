using System.Globalization;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>Says in words how a channel is: for the health check.</summary>
internal static class ChannelWords
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Finds out whether a channel that is not down sends nothing all the same.</summary>
    public static bool IsStuck(ChannelStatus channel, DateTimeOffset now) => channel.OldestWaiting is { } oldest && now - oldest > LongestWait;

    /// <summary>Says how it is: <c>telegram does not work since 22:00 UTC: 401 Unauthorized; last success 21:40 UTC; 2 messages wait, the oldest since 22:10 UTC</c>.</summary>
    public static string Of(ChannelStatus channel, DateTimeOffset now) =>
        string.Join("; ", new[] { State(channel, now), LastSuccess(channel, now), Waiting(channel, now) }.Where(part => part.Length > 0));

    private static string State(ChannelStatus channel, DateTimeOffset now) =>
        channel.IsDown ? $"{channel.Name} does not work{Since(channel.DownSince, now)}: {channel.LastError?.TrimEnd('.') ?? "a message was refused"}"
        : IsStuck(channel, now) ? FormattableString.Invariant($"{channel.Name} has sent nothing for {(int)(now - channel.OldestWaiting!.Value).TotalMinutes} min")
        : $"{channel.Name} works";

    private static string LastSuccess(ChannelStatus channel, DateTimeOffset now) =>
        channel.LastSuccess is { } success ? $"last success {Time(success, now)}" : "nothing was sent so far";

    private static string Waiting(ChannelStatus channel, DateTimeOffset now) => channel.OldestWaiting is not { } oldest ? ""
        : channel.Waiting == 1 ? $"1 message waits since {Time(oldest, now)}"
        : FormattableString.Invariant($"{channel.Waiting} messages wait, the oldest since {Time(oldest, now)}");

    private static string Since(DateTimeOffset? since, DateTimeOffset now) => since is { } from ? $" since {Time(from, now)}" : "";

    private static string Time(DateTimeOffset time, DateTimeOffset now) =>
        time.ToUniversalTime().ToString(now - time < TimeSpan.FromHours(20) ? "HH:mm 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
