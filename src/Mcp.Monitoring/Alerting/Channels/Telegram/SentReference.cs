using System.Globalization;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Which message was the first of its group, as it is stored: <c>chat:number</c>.</summary>
internal static class SentReference
{
    public static string Of(string chat, int message) => string.Create(CultureInfo.InvariantCulture, $"{chat}:{message}");

    /// <summary>Reads the number of a message in a chat.</summary>
    /// <returns>It; <see langword="null"/> where the text is none, or of another chat, in which the number means another message.</returns>
    public static int? In(string chat, string? reference) =>
        reference is not null
        && reference.LastIndexOf(':') is >= 0 and var colon
        && reference.AsSpan(0, colon).SequenceEqual(chat)
        && int.TryParse(reference.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int message)
        && message > 0
            ? message
            : null;
}
