using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Hosting;

/// <summary>
/// Takes our endpoints out of what a host puts around all of its own and what would make a scrape or probe stale, refused, cut off or unreadable: output cache,
/// rate limiter, request timeouts, compression, pages for status codes. What the host asks for through the builder afterwards holds. Who may see them
/// (authorization, CORS, host filtering, HTTPS) and what is logged of it stays the host's decision.
/// </summary>
internal static class HostMiddlewareExemptions
{
    private const string Identity = "identity";

    public static void Exempt(this IEndpointConventionBuilder endpoint)
    {
        endpoint.ExemptFromCache();
        endpoint.DisableRateLimiting();
        endpoint.DisableRequestTimeout();
        endpoint.Finally(static builder =>
        {
            LetLastWordHold<DisableRateLimitingAttribute>(builder.Metadata, static metadata => metadata is EnableRateLimitingAttribute);
            LetLastWordHold<DisableRequestTimeoutAttribute>(builder.Metadata, static metadata => metadata is RequestTimeoutAttribute or RequestTimeoutPolicy);
        });
    }

    /// <summary>The part that holds for what people ask for, too: limits of the host apply to them.</summary>
    public static void ExemptFromCache(this IEndpointConventionBuilder endpoint)
    {
        // What is asked of monitoring is not the application's traffic.
        endpoint.DisableHttpMetrics();
        endpoint.CacheOutput(static policy => policy.NoCache());
    }

    /// <summary>Answers in the encoding that the endpoint chooses: compression has no metadata, but leaves alone what says that it is encoded.</summary>
    public static RequestDelegate Uncompressed(RequestDelegate answer) => http =>
    {
        http.Response.Headers.ContentEncoding = Identity;
        http.Response.OnStarting(
            static state =>
            {
                // No value for the wire (RFC 9110, 8.4.1); whoever compresses has decided by now.
                IHeaderDictionary headers = ((HttpResponse)state).Headers;
                if (headers.ContentEncoding == Identity)
                {
                    headers.Remove("Content-Encoding");
                }

                return Task.CompletedTask;
            },
            http.Response);
        return answer(http);
    };

    // The middleware looks for "disabled" first, whatever the order.
    private static void LetLastWordHold<TDisabled>(IList<object> metadata, Func<object, bool> isEnabling)
    {
        int last = metadata.Count - 1;
        while (last >= 0 && !isEnabling(metadata[last]))
        {
            last--;
        }

        for (int i = last; i >= 0; i--)
        {
            if (metadata[i] is TDisabled)
            {
                metadata.RemoveAt(i);
            }
        }
    }
}
