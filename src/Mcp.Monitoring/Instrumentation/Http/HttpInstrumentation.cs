using System.Diagnostics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>What all HTTP requests of a host share.</summary>
internal sealed class HttpInstrumentation
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly InternalErrors _errors;
    private readonly Lazy<IMcpSessions?> _sessions;

    public HttpInstrumentation(
        HttpOptions options,
        OperationMonitor monitor,
        OperationCatalog catalog,
        MetricsRegistry registry,
        InternalErrors errors,
        Lazy<IMcpSessions?> sessions,
        ILogger logger)
    {
        _sessions = sessions;
        CorrelationHeader = options.CorrelationHeader;
        Monitor = monitor;
        ShortestStream = monitor.Clock.ToTicks(StreamedAnswers.Shortest);
        Metrics = new HttpMetrics(registry);
        Routes = new HttpRoutes(Metrics, catalog, logger);
        _errors = errors;
    }

    public string CorrelationHeader { get; }

    public OperationMonitor Monitor { get; }

    /// <summary>Gets for how many ticks an answer has been written that is a stream for that.</summary>
    public long ShortestStream { get; }

    public HttpMetrics Metrics { get; }

    public HttpRoutes Routes { get; }

    /// <summary>Opens an tracker and makes it the context of the calling code.</summary>
    public HttpRequestTracker Open(HttpContext http)
    {
        Activity? activity = Activity.Current;
        var tracker = new HttpRequestTracker(this, http, activity, Monitor.Clock.Timestamp);
        if (http.Request.Headers.TryGetValue(CorrelationHeader, out StringValues given) && given.Count == 1 && CorrelationIds.IsValid(given[0]))
        {
            tracker.CorrelationId = given[0]!;
        }

        // The web server makes one for its log as well, which nobody sees and which wants all data.
        if (activity is { IsAllDataRequested: true } && activity.Source.HasListeners())
        {
            tracker.Trace(activity);
        }

        http.Response.OnStarting(
            static state =>
            {
                ((HttpRequestTracker)state).Starting();
                return Task.CompletedTask;
            },
            tracker);
        OperationContext.Current = tracker;
        Metrics.Begin();
        Watch(http, tracker);
        return tracker;
    }

    /// <summary>A request to delete something was answered with success.</summary>
    public void Deleted(HttpContext http, HttpRoute route)
    {
        if (SessionOf(http) is { } session)
        {
            _sessions.Value?.ForgetDeleted(session, route.Place);
        }
    }

    /// <summary>The stream that a session was has ended.</summary>
    public void StreamEnded(string session) => _sessions.Value?.Forget(session);

    /// <summary>Gets the session of MCP that a request says it belongs to.</summary>
    public static string? SessionOf(HttpContext http) =>
        http.Request.Headers.TryGetValue(SessionHeader, out StringValues id) && id is [{ Length: > 0 } session] ? session : null;

    // Routing leaves the endpoint in this feature, so to be it is to be told.
    private static void Watch(HttpContext http, IEndpointFeature endpoint)
    {
        Endpoint? known = http.GetEndpoint();
        http.Features.Set(endpoint);
        if (known is not null)
        {
            endpoint.Endpoint = known;
        }
    }

    /// <returns><see langword="true"/>: a failure of ours ends here.</returns>
    public bool Report(Exception fault)
    {
        _errors.Report(InternalErrors.Instrumentation, fault);
        return true;
    }
}
