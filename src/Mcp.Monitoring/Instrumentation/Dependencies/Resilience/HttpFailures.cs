using System.Net;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Resilience;

/// <summary>Which answers are failures of the dependency, as Polly's handling of HTTP has it: what may pass by itself.</summary>
internal static class HttpFailures
{
    public static bool IsFailure(object? result) =>
        result is HttpResponseMessage { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests };
}
