using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>What an answer means.</summary>
internal static class AlertmanagerAnswer
{
    private const int LongestQuote = 200;
    private const string CheckAddress = "Check alerts.alertmanager.urls: the address of the member, with its route prefix and without /api";

    /// <summary>Finds out whether Alertmanager has taken it. A page for people, such as one to sign in on, comes with 200 as well.</summary>
    public static bool IsTaken(HttpReply reply) => reply.IsSuccess && !IsPage(reply);

    /// <summary>Finds out whether something of the request itself was refused: the rest of it may be taken without that.</summary>
    public static bool IsRefusal(HttpReply reply) => reply.Status is 400 or 413 or 422;

    /// <summary>Says what went wrong, and what to do about it.</summary>
    public static string Problem(HttpReply reply) => reply.Status switch
    {
        >= 200 and < 300 => $"a web page answers there, not Alertmanager ({reply.Status}). {CheckAddress}",
        401 => "it refuses the sign-in (401). Check alerts.alertmanager.username and password, or bearer_token",
        403 => "it does not allow this (403). Check alerts.alertmanager.username and password, or bearer_token, and what they may do",
        407 => "the proxy refuses the sign-in (407). Check alerts.alertmanager.proxy_url",
        404 or 405 => $"there is no Alertmanager at this address ({reply.Status}). {CheckAddress}",
        >= 300 and < 400 => $"it sends elsewhere ({reply.Status}), which is not followed. Set alerts.alertmanager.urls to where it is",
        429 => "it takes no more for now (429)",
        >= 500 => $"it fails ({reply.Status}){Quote(reply)}",
        _ => $"it refuses this ({reply.Status}){Quote(reply)}",
    };

    private static bool IsPage(HttpReply reply) => reply.Body.AsSpan().TrimStart(" \t\r\n\uFEFF").StartsWith("<");

    private static string Quote(HttpReply reply) => !IsPage(reply) && LineSanitizer.Of(reply.Body, LongestQuote) is { Length: > 0 } said ? $": {said}" : "";
}
