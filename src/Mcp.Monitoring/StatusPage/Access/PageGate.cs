using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>Stands before an endpoint: lets pass whom <see cref="PageAccess"/> lets in, who is <see cref="PageCaller.Of"/> the request from there on, and answers the others.</summary>
internal sealed class PageGate(PageAccess access)
{
    /// <summary>Before a page that a browser shows: without a sign-in it is sent to the form.</summary>
    public RequestDelegate Page(RequestDelegate next) => http => PassAsync(http, access.Judge(http), next, isPage: true);

    /// <summary>Before what scripts and MCP clients read.</summary>
    public RequestDelegate Reading(RequestDelegate next) => http => PassAsync(http, access.Judge(http), next, isPage: false);

    /// <summary>Before what changes something.</summary>
    public RequestDelegate Acting(RequestDelegate next) => http => PassAsync(http, access.JudgeAction(http), next, isPage: false);

    /// <summary>Before files that the form of the sign-in needs: for whoever may sign in, too.</summary>
    public RequestDelegate Asset(RequestDelegate next) => http => access.Judge(http) is { Answer: not PageAnswer.SignIn } verdict ? PassAsync(http, verdict, next, isPage: false) : next(http);

    private static Task PassAsync(HttpContext http, PageVerdict verdict, RequestDelegate next, bool isPage)
    {
        if (verdict.Caller is not { } caller)
        {
            return PageRefusal.WriteAsync(http, verdict, isPage);
        }

        http.Features.Set(caller);
        return next(http);
    }
}
