using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>Where the browser that sends a request has it from.</summary>
internal static class RequestOrigin
{
    private const int LongestPort = 5;

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"], Schemes = ["http://", "https://"];

    /// <summary>Finds out whether a request names this machine itself. Any other name may be that of a page somewhere, which was made to lead here (DNS rebinding).</summary>
    public static bool NamesLoopback(HttpRequest request) => Array.Exists(Loopback, name => IsAt(HostOf(request), name));

    /// <summary>Returns the host as it was sent: <c>Request.Host</c> throws where it cannot be one.</summary>
    public static string HostOf(HttpRequest request) => request.Headers.Host.ToString();

    /// <summary>Finds out whether a page of another origin sends a request; to follow a link to this one is not to send.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        return site switch
        {
            "same-origin" or "none" => false,
            "" => HasForeignOrigin(request),
            _ => !IsFollowedLink(request) || HasForeignOrigin(request),
        };
    }

    private static bool HasForeignOrigin(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origin && !Array.Exists(Schemes, scheme => IsOwn(origin, scheme, HostOf(request)));

    private static bool IsFollowedLink(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"].ToString() is "document" or "";

    private static bool IsOwn(StringValues origin, string scheme, string host) =>
        host.Length > 0 && string.Equals(origin.ToString(), scheme + host, StringComparison.OrdinalIgnoreCase);

    private static bool IsAt(string host, string name)
    {
        if (!host.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> port = host.AsSpan(name.Length);
        return port.IsEmpty || (port[0] == ':' && port.Length is >= 2 and <= LongestPort + 1 && !port[1..].ContainsAnyExceptInRange('0', '9'));
    }
}
