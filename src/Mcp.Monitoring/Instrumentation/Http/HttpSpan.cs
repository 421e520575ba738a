using System.Diagnostics;
using System.Globalization;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>
/// Describes the web server's own activity of a request by the OpenTelemetry semantic conventions for HTTP server spans, unless another instrumentation has begun
/// to. The query of a URL is never in it.
/// </summary>
internal static class HttpSpan
{
    private const string CorrelationId = "mcp.monitoring.correlation_id";
    private const string Method = "http.request.method";
    private const string UserAgent = "user_agent.family";
    private const string Source = "Microsoft.AspNetCore";

    public static void Begin(Activity activity, string correlationId) => activity.SetTag(CorrelationId, correlationId);

    /// <param name="http">The request.</param>
    /// <param name="template">The template of the route that it matched.</param>
    /// <param name="isTraffic">Whether it is traffic.</param>
    /// <param name="status">The status that the caller has seen.</param>
    /// <param name="failure">The exception for which it failed, if there was one.</param>
    public static void End(HttpContext http, string? template, bool isTraffic, int status, Exception? failure)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        if (!isTraffic)
        {
            // A scrape or probe every few seconds and what is left out of monitoring are no traces either: exporters take what is recorded.
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        activity.SetTag(UserAgent, UserAgentFamily.Of(http.Request.Headers.UserAgent));
        if (activity.Source.Name == Source && activity.GetTagItem(Method) is null)
        {
            Describe(activity, http.Request, template, status, failure);
        }
    }

    private static void Describe(Activity activity, HttpRequest request, string? template, int status, Exception? failure)
    {
        int index = HttpMethodIndex.Of(request.Method);
        bool isKnown = HttpMethodIndex.Label(index) != OperationLabels.Other;
        string name = isKnown ? HttpMethodIndex.Label(index) : "HTTP";
        activity.DisplayName = template is null ? name : $"{name} {template}";
        activity.SetTag(Method, isKnown ? name : "_OTHER");
        activity.SetTag("http.route", template);
        activity.SetTag("url.scheme", request.Scheme);
        activity.SetTag("url.path", SecretScrubber.Scrub((request.PathBase + request.Path).Value ?? ""));
        activity.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetTag("error.type", failure?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
            if (activity.Status == ActivityStatusCode.Unset)
            {
                activity.SetStatus(ActivityStatusCode.Error);
            }
        }
        else if (failure is not null)
        {
            activity.SetTag("error.type", failure.GetType().FullName);
        }
    }
}
