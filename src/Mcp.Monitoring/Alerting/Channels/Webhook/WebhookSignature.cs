using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>The header by which a receiver knows that a message is from here and has not been changed, with the time against replays.</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Mcp-Signature";

    public static string Of(string secret, byte[] body, DateTimeOffset now)
    {
        string time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
