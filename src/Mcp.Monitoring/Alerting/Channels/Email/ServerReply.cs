using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>What a server answered, as an error may show it.</summary>
internal static class ServerReply
{
    private const int Longest = 160;

    public static string Words(int code, string? text) =>
        LineSanitizer.Of(string.Create(CultureInfo.InvariantCulture, $"{code} {text}"), Longest).TrimEnd('.', ' ');
}
