using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>Exchanges the token for a cookie, and takes the cookie back.</summary>
internal sealed class SignInEndpoint(PageAccess access, SessionCookie cookie, PageAudit audit, SignInForm form)
{
    /// <summary>The field of the form that holds the token.</summary>
    public const string Field = "token";

    public const string SignOutPath = "sign-out";

    private const int MostBytes = 16_384, LongestValue = 4_096;
    private const string Urlencoded = "application/x-www-form-urlencoded";

    // Relative, as a proxy may know the page under another path.
    private const string ToPage = "./";

    private static readonly FormOptions Bounds = new() { KeyLengthLimit = 64, ValueLengthLimit = LongestValue, ValueCountLimit = 8 };

    /// <summary>Shows the form; who needs none is sent to the page.</summary>
    public Task ShowAsync(HttpContext http)
    {
        PageVerdict verdict = access.Judge(http);
        switch (verdict.Answer)
        {
            case PageAnswer.Allowed:
                return GoTo(http, ToPage);
            case PageAnswer.SignIn:
                http.Response.Headers.CacheControl = "no-store";
                return form(http, SignInProblem.None);
            default:
                return PageRefusal.WriteAsync(http, verdict, isPage: false);
        }
    }

    /// <summary>Takes what was typed in.</summary>
    public async Task SignInAsync(HttpContext http)
    {
        PageVerdict verdict = access.Judge(http);
        if (verdict.Answer == PageAnswer.Closed || !access.TakesTokens)
        {
            await (verdict.Answer == PageAnswer.Allowed ? GoTo(http, ToPage) : PageRefusal.WriteAsync(http, verdict, isPage: false)).ConfigureAwait(false);
            return;
        }

        string? token = await ReadTokenAsync(http).ConfigureAwait(false);
        if (token is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.Headers.CacheControl = "no-store";
            await form(http, SignInProblem.WrongToken).ConfigureAwait(false);
        }
        else if (access.JudgeToken(http, token) is { } refused)
        {
            PageRefusal.SetStatus(http, refused);
            await form(http, refused.Answer == PageAnswer.TooManyTries ? SignInProblem.TooManyTries : SignInProblem.WrongToken).ConfigureAwait(false);
        }
        else
        {
            cookie.Give(http);
            audit.Write(http, new PageCaller(WayIn.Cookie, Name: null, MayAct: false), by: null, "sign in", "signed in");
            await GoTo(http, ToPage).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the cookie back. What another site sends comes without it, and takes none.</summary>
    public Task SignOutAsync(HttpContext http)
    {
        if (access.Judge(http) is { Answer: PageAnswer.Closed } closed)
        {
            return PageRefusal.WriteAsync(http, closed, isPage: false);
        }

        if (cookie.IdOf(http) is not null)
        {
            SessionCookie.Take(http);
        }

        return GoTo(http, PageRefusal.SignInPath);
    }

    private static async Task<string?> ReadTokenAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        if (http.Request.ContentType?.StartsWith(Urlencoded, StringComparison.OrdinalIgnoreCase) is not true || http.Request.ContentLength > MostBytes)
        {
            return null;
        }

        try
        {
            IFormCollection fields = await http.Request.ReadFormAsync(Bounds, http.RequestAborted).ConfigureAwait(false);
            return fields[Field] is [{ Length: > 0 } token] ? token : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static Task GoTo(HttpContext http, string location)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
