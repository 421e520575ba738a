using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>The name of a group at a receiver that limits it. Two groups never become one: what does not fit, or has characters that may not be kept, is told apart by a hash.</summary>
internal static class WebhookKey
{
    private const int HashDigits = 32;

    public static string Of(string group, int longest)
    {
        if (group.Length is > 0 && group.Length <= longest && !group.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return group;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(group.AsSpan())))[..HashDigits];
        string readable = string.Concat(group.Where(static character => character is >= ' ' and <= '~').Take(longest - HashDigits - 1));
        return $"{readable}-{hash}";
    }
}
