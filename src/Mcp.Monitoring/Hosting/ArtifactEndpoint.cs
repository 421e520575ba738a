using System.Text;
using System.Text.Json;
using Mcp.Monitoring.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Hosting;

/// <summary>
/// Gives the files for Prometheus, Alertmanager and Grafana to whom the host lets in, and in Development to this machine. Everybody else is told that there is nothing.
/// </summary>
/// <param name="artifacts">The files as they are now.</param>
/// <param name="isDevelopment">Whether this machine may read them without authorization.</param>
/// <param name="logger">Where the first refusal is told.</param>
internal sealed class ArtifactEndpoint(Func<IReadOnlyList<Artifact>> artifacts, bool isDevelopment, ILogger<ArtifactEndpoint> logger)
{
    /// <summary>The name under which the route keeps the path of a file.</summary>
    public const string PathValue = "path";

    private const string Json = "application/json", PlainText = "text/plain; charset=utf-8";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".json"] = Json,
        [".md"] = "text/markdown; charset=utf-8",
        [".yaml"] = "application/yaml",
        [".yml"] = "application/yaml",
    };

    private int _refused;

    /// <summary>Answers with the paths of all files: a line each, or an array for who prefers JSON.</summary>
    public Task ListAsync(HttpContext http)
    {
        if (!MayRead(http))
        {
            return NothingAsync(http);
        }

        IEnumerable<string> paths = artifacts().Select(artifact => artifact.Path);
        return AcceptHeader.PrefersJson(http.Request)
            ? SendAsync(http, Json, JsonOf(paths))
            : SendAsync(http, PlainText, Encoding.UTF8.GetBytes(string.Concat(paths.Select(path => $"{path}\n"))));
    }

    /// <summary>Answers with one file.</summary>
    public Task FileAsync(HttpContext http) =>
        MayRead(http) && artifacts().FirstOrDefault(artifact => artifact.Path == http.Request.RouteValues[PathValue] as string) is { } found
            ? SendAsync(http, TypeOf(found), Encoding.UTF8.GetBytes(found.Text))
            : NothingAsync(http);

    private static string TypeOf(Artifact artifact) => Types.GetValueOrDefault(Path.GetExtension(artifact.Path), PlainText);

    private bool MayRead(HttpContext http)
    {
        if (AuthorizationDemand.IsMet(http) || (isDevelopment && LocalRequest.Is(http)))
        {
            return true;
        }

        if (Interlocked.Exchange(ref _refused, 1) == 0)
        {
            Log.ArtifactsRefused(logger, http.Request.Path.Value);
        }

        return false;
    }

    private static Task NothingAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext http, string type, byte[] body)
    {
        HttpResponse response = http.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static byte[] JsonOf(IEnumerable<string> paths)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            foreach (string path in paths)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
        }

        return body.ToArray();
    }
}
