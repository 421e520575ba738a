using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

/// <summary>Sees middleware that answers scrapes in the place of our endpoint, and says so once.</summary>
internal sealed class MetricsAnswerWatch(EndpointMappings mappings, Func<PrometheusOptions> options, ILogger<MetricsAnswerWatch> logger) : IStartupFilter
{
    private const string Path = "/metrics";

    private int _hasWarned;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options() is { Enabled: true, Port: null })
        {
            app.Use(following => http => http.Request.Path == Path && Volatile.Read(ref _hasWarned) == 0 ? WatchAsync(http, following) : following(http));
        }

        next(app);
    };

    private async Task WatchAsync(HttpContext http, RequestDelegate following)
    {
        await following(http);
        if (IsByMiddleware(http) && Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            Log.MetricsAnsweredElsewhere(logger, http.Request.PathBase + Path);
        }
    }

    // An endpoint of the application's own is warned of at start.
    private bool IsByMiddleware(HttpContext http) =>
        mappings.Any
        && http.Features.Get<MetricsEndpoint>() is null
        && (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<MonitoringEndpoint>() is not null)
        && http.Response.StatusCode == StatusCodes.Status200OK
        && IsExposition(http.Response.ContentType);

    private static bool IsExposition(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("text/plain; version=0.0.4", StringComparison.OrdinalIgnoreCase) || contentType.StartsWith("application/openmetrics-text", StringComparison.OrdinalIgnoreCase));
}
