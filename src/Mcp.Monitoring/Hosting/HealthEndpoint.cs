using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Hosting;

/// <summary>
/// Answers with the host's health checks: each one's status and duration, no description, no data, no exception text. 200 for healthy and degraded, 503 for
/// unhealthy.
/// </summary>
internal sealed class HealthEndpoint(HealthCheckService checks)
{
    /// <summary>Runs every check.</summary>
    public async Task CheckAsync(HttpContext context) =>
        await WriteAsync(context, await checks.CheckHealthAsync(context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Runs no check: that it answers is the answer.</summary>
    public static Task LiveAsync(HttpContext context) =>
        WriteAsync(context, new HealthReport(new Dictionary<string, HealthReportEntry>(StringComparer.Ordinal), TimeSpan.Zero));

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        HttpResponse response = context.Response;
        response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var body = new MemoryStream();
        var json = new Utf8JsonWriter(body);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            Write(json, report.Status, report.TotalDuration);
            json.WriteStartObject("checks");
            foreach ((string name, HealthReportEntry entry) in report.Entries)
            {
                json.WriteStartObject(name);
                Write(json, entry.Status, entry.Duration);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, HealthStatus status, TimeSpan duration)
    {
        json.WriteString("status", status.Label());
        json.WriteNumber("duration_ms", Math.Round(duration.TotalMilliseconds, 3));
    }
}
