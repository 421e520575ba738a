using System.Net.Http.Headers;
using System.Text;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>How a member is signed in to.</summary>
internal static class SignIn
{
    public static AuthenticationHeaderValue? Of(AlertmanagerOptions options) =>
        !string.IsNullOrEmpty(options.BearerToken) ? new AuthenticationHeaderValue("Bearer", options.BearerToken)
        : !string.IsNullOrEmpty(options.Username) ? new AuthenticationHeaderValue("Basic", Base64($"{options.Username}:{options.Password}"))
        : null;

    /// <summary>Takes out of a refusal, which people are told, what it says again of the sign-in.</summary>
    public static HttpReply TakenOut(HttpReply reply, AlertmanagerOptions options)
    {
        if (reply.IsSuccess)
        {
            return reply;
        }

        string said = reply.Body;
        foreach (string secret in Secrets(options).Where(static secret => !string.IsNullOrEmpty(secret)).OrderByDescending(static secret => secret!.Length)!)
        {
            said = said.Replace(secret, "***", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(secret), "***", StringComparison.OrdinalIgnoreCase);
        }

        return reply with { Body = said };
    }

    private static IEnumerable<string?> Secrets(AlertmanagerOptions options)
    {
        string proxy = Uri.TryCreate(options.ProxyUrl, UriKind.Absolute, out Uri? address) ? Uri.UnescapeDataString(address.UserInfo) : "";
        return [options.Password, options.BearerToken, Of(options)?.Parameter, proxy[(proxy.IndexOf(':', StringComparison.Ordinal) + 1)..], proxy.Length == 0 ? null : Base64(proxy)];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
