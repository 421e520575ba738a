using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>Who may see the status page, its API and the operations over MCP, and who may act. Any thread.</summary>
/// <param name="options">The settings as they are now.</param>
/// <param name="isDevelopment">Whether this machine needs no authorization.</param>
/// <param name="keys">What is made of the token.</param>
/// <param name="cookie">The cookie of a sign-in.</param>
/// <param name="antiforgery">What an action must bring.</param>
/// <param name="tries">Wrong tokens.</param>
/// <param name="logger">Where the first refusal is told.</param>
internal sealed class PageAccess(
    Func<StatusPageOptions> options, bool isDevelopment, KeyRing keys, SessionCookie cookie, Antiforgery antiforgery, SignInTries tries, ILogger<PageAccess> logger)
{
    private const string Bearer = "Bearer ";

    private int _hasWarned;

    /// <summary>Gets whether there is a token to sign in with.</summary>
    public bool TakesTokens => keys.Current is not null;

    /// <summary>Judges a request that reads.</summary>
    public PageVerdict Judge(HttpContext http) => Judge(http, AuthorizationDemand.IsMet(http), isOfUser: false);

    /// <summary>Judges a request that reads, whatever endpoint it comes to.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isOfPolicy">Whether the policy of the page judges its user.</param>
    /// <param name="isOfUser">Whether a token that is not ours is what the host knows its user by, and no try.</param>
    public PageVerdict Judge(HttpContext http, bool isOfPolicy, bool isOfUser)
    {
        StatusPageOptions current = options();
        bool isLocal = isDevelopment && LocalRequest.Is(http);
        if (!(current.Enabled ?? isLocal))
        {
            return Close(http, current);
        }

        if (isOfPolicy)
        {
            return LetIn(http, new PageCaller(WayIn.Policy, http.User.Identity?.Name, !current.ReadOnly));
        }

        if (JudgeHeader(http, current, isLocal || isOfUser) is { } judged)
        {
            return judged;
        }

        if (isLocal && RequestOrigin.NamesLoopback(http.Request))
        {
            return LetIn(http, new PageCaller(WayIn.Local, Name: null, !current.ReadOnly));
        }

        if (keys.Current is null)
        {
            return isLocal
                ? PageVerdict.Refuse($"Host is \"{Printable.Cut(RequestOrigin.HostOf(http.Request))}\", which may lead here from a page elsewhere. Use localhost, 127.0.0.1 or [::1], or set status_page.token.")
                : Close(http, current);
        }

        return cookie.IdOf(http) is { } id
            ? LetIn(http, new PageCaller(WayIn.Cookie, Name: null, !current.ReadOnly) { Identity = $"cookie {id}" })
            : PageVerdict.AskForToken("Sign in: send status_page.token in the header Authorization: Bearer, or open /monitoring/sign-in.");
    }

    /// <summary>Judges a request that acts.</summary>
    public PageVerdict JudgeAction(HttpContext http)
    {
        PageVerdict verdict = Judge(http);
        if (verdict.Caller is not { } caller)
        {
            return verdict;
        }

        return !caller.MayAct ? PageVerdict.Refuse("Nobody may act here: status_page.read_only is true.")

            // A browser adds no header of this kind by itself.
            : caller.Way == WayIn.Header || antiforgery.IsMet(http, caller) ? verdict
            : PageVerdict.Refuse($"The header {Antiforgery.Header} is missing, or of another caller, or older than an hour. Read antiforgery of /monitoring/api/v1/session again, and send that.");
    }

    /// <summary>Judges a token that was typed in.</summary>
    /// <returns><see langword="null"/> if it is right.</returns>
    public PageVerdict? JudgeToken(HttpContext http, string token)
    {
        bool isRight = keys.Current is { } current && current.IsToken(token);
        TimeSpan wait = isRight ? tries.Wait(http.Connection.RemoteIpAddress) : tries.AddWrong(http.Connection.RemoteIpAddress);
        if (wait > TimeSpan.Zero)
        {
            return PageVerdict.TellToWait(wait);
        }

        if (isRight)
        {
            return null;
        }

        Log.StatusPageSignInRefused(logger, PageAudit.AddressOf(http));
        return PageVerdict.AskForToken("That is not the token: status_page.token.");
    }

    /// <summary>Tells a caller what he is here.</summary>
    public PageSession SessionOf(HttpContext http, PageCaller caller) =>
        new(caller.MayAct, options().ReadOnly, cookie.IdOf(http) is not null, caller.Name, antiforgery.TokenOf(caller));

    private PageVerdict? JudgeHeader(HttpContext http, StatusPageOptions current, bool mayBeOther)
    {
        string header = http.Request.Headers.Authorization.ToString();
        if (keys.Current is not { } known || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string token = header[Bearer.Length..].Trim();
        return mayBeOther && !known.IsToken(token) ? null
            : JudgeToken(http, token) ?? PageVerdict.Allow(new PageCaller(WayIn.Header, Name: null, !current.ReadOnly));
    }

    // Whom his browser brings in without his doing.
    private static PageVerdict LetIn(HttpContext http, PageCaller caller) => RequestOrigin.IsForeign(http.Request)
        ? PageVerdict.Refuse("A page of another origin sends this request. Open /monitoring/ itself; behind a proxy, let it pass the header Host on.")
        : PageVerdict.Allow(caller);

    private PageVerdict Close(HttpContext http, StatusPageOptions current)
    {
        if (current.Enabled != false && Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            Log.StatusPageClosed(logger, Printable.Cut(http.Request.Path.Value ?? ""), current.Enabled is null
                ? "unless it is enabled, the status page is there in Development only, and for this machine only."
                : "no policy has let the caller in, and there is no token.");
        }

        return PageVerdict.Closed;
    }
}
