using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Assets;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>Answers with the page and its files.</summary>
internal sealed class PageEndpoint(PageAssets assets, PageGate gate)
{
    public const string FileValue = "file";

    /// <summary>Shows the page. Its addresses are relative to the path with a slash at the end.</summary>
    public Task PageAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        if (!path.EndsWith('/'))
        {
            http.Response.StatusCode = StatusCodes.Status302Found;
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.Location = $"{path[(path.LastIndexOf('/') + 1)..]}/";
            return Task.CompletedTask;
        }

        PageHeaders.SetPage(http.Response.Headers);
        return assets.Page(ReaderLanguage.Of(http.Request)).SendAsync(http);
    }

    /// <summary>Sends a file: what the forms need to whoever may sign in, the others to whoever may see the page.</summary>
    public Task FileAsync(HttpContext http)
    {
        if (!assets.TryGet((string)http.Request.RouteValues[FileValue]!, out PageAsset? file))
        {
            return gate.Reading(static http =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            })(http);
        }

        RequestDelegate send = http =>
        {
            PageHeaders.SetFile(http.Response.Headers);
            return file.SendAsync(http);
        };
        return (file.IsPublic ? gate.Asset(send) : gate.Reading(send))(http);
    }
}
