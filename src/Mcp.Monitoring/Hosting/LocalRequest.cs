using System.Net;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Hosting;

/// <summary>Tells requests of this machine from those that a proxy on it passes on.</summary>
internal static class LocalRequest
{
    private static readonly string[] Forwarding = ["Forwarded", "X-Real-IP"], ForwardingFamilies = ["X-Forwarded-", "X-Original-"];

    /// <summary>Finds out whether a request comes over the loopback interface and nobody says that he passes it on.</summary>
    public static bool Is(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.Keys.Any(IsForwarding);

    private static bool IsForwarding(string header) =>
        Forwarding.Contains(header, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(ForwardingFamilies, family => header.StartsWith(family, StringComparison.OrdinalIgnoreCase));
}
