using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>Answers who is not let in.</summary>
internal static class PageRefusal
{
    public const string SignInPath = "sign-in";

    /// <summary>Answers with the status of a verdict and its words; a browser that wants a page is sent to the sign-in.</summary>
    public static Task WriteAsync(HttpContext http, PageVerdict verdict, bool isPage)
    {
        if (verdict.Answer == PageAnswer.SignIn && isPage && WantsPage(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status302Found;
            http.Response.Headers.CacheControl = "no-store";

            // Relative: a proxy may know the page under another path.
            string path = http.Request.Path.Value ?? "";
            http.Response.Headers.Location = path.EndsWith('/') ? SignInPath : $"{path[(path.LastIndexOf('/') + 1)..]}/{SignInPath}";
            return Task.CompletedTask;
        }

        SetStatus(http, verdict);
        return verdict.Words.Length == 0 ? Task.CompletedTask : ErrorAsync(http, verdict.Words);
    }

    /// <summary>Sets the status of a verdict and the headers that belong to it.</summary>
    public static void SetStatus(HttpContext http, PageVerdict verdict)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = verdict.Answer switch
        {
            PageAnswer.Closed => StatusCodes.Status404NotFound,
            PageAnswer.Refused => StatusCodes.Status403Forbidden,
            PageAnswer.SignIn => StatusCodes.Status401Unauthorized,
            PageAnswer.TooManyTries => StatusCodes.Status429TooManyRequests,
            _ => throw new ArgumentException($"{verdict.Answer} is no refusal.", nameof(verdict)),
        };
        if (verdict.Answer == PageAnswer.SignIn)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"monitoring\"";
        }
        else if (verdict.Answer == PageAnswer.TooManyTries)
        {
            http.Response.Headers.RetryAfter = PageVerdict.Seconds(verdict.RetryAfter).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static async Task ErrorAsync(HttpContext http, string words)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new PageError(words), AccessJson.Default.PageError);
        HttpResponse response = http.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static bool WantsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
