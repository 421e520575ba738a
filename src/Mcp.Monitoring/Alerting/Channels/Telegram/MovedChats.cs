using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Where groups have gone that became supergroups, and so got another number; it is remembered over a restart. Any thread.</summary>
internal sealed class MovedChats(IChannelMemory memory, ILogger logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3_650);

    private string? _told;

    /// <summary>Gets the chat that a setting stands for today.</summary>
    public string Of(string configured)
    {
        if (memory.Find(TelegramChannel.ChannelName, Key(configured)) is not { } moved
            || !long.TryParse(moved, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return configured;
        }

        Tell(configured, number);
        return number.ToString(CultureInfo.InvariantCulture);
    }

    public void Keep(string configured, long moved)
    {
        memory.Keep(TelegramChannel.ChannelName, Key(configured), moved.ToString(CultureInfo.InvariantCulture), Lifetime);
        Tell(configured, moved);
    }

    private static string Key(string configured) => $"moved:{configured}";

    private void Tell(string configured, long moved)
    {
        string move = string.Create(CultureInfo.InvariantCulture, $"{configured} {moved}");
        if (Interlocked.Exchange(ref _told, move) != move)
        {
            Log.ChatMoved(logger, configured, moved);
        }
    }
}
