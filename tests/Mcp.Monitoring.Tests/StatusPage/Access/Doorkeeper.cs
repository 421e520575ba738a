using System.Net;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>Everything that decides who may see the page, with a time that only a test moves.</summary>
internal sealed class Doorkeeper : IDisposable
{
    public const string Token = "correct-horse-battery-staple";

    private readonly LoggerFactory _loggers;

    public Doorkeeper(bool isDevelopment = false, bool? enabled = true, string? token = Token, bool readOnly = false)
    {
        _loggers = new LoggerFactory([Logs]);
        Options = new StatusPageOptions { Enabled = enabled, Token = token, ReadOnly = readOnly };
        Keys = new KeyRing(() => Options);
        Cookie = new SessionCookie(Keys, Time);
        Antiforgery = new Antiforgery(Keys, Time);
        Tries = new SignInTries(Time);
        Tickets = new AcknowledgeTickets(Keys, Time);
        Access = new PageAccess(() => Options, isDevelopment, Keys, Cookie, Antiforgery, Tries, _loggers.CreateLogger<PageAccess>());
        Audit = new PageAudit(_loggers.CreateLogger<PageAudit>());
        SignIn = new SignInEndpoint(Access, Cookie, Audit, (http, problem) => http.Response.WriteAsync($"form {problem}"));
        Gate = new PageGate(Access);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordedLogs Logs { get; } = new();

    public StatusPageOptions Options { get; set; }

    public KeyRing Keys { get; }

    public SessionCookie Cookie { get; }

    public Antiforgery Antiforgery { get; }

    public SignInTries Tries { get; }

    public AcknowledgeTickets Tickets { get; }

    public PageAccess Access { get; }

    public PageAudit Audit { get; }

    public SignInEndpoint SignIn { get; }

    public PageGate Gate { get; }

    /// <summary>Makes a request; without more, of somebody elsewhere who shows nothing.</summary>
    public static DefaultHttpContext Request(string address = "203.0.113.7", string host = "mcp.company.com", string method = "GET", string path = "/monitoring/")
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        http.Request.Method = method;
        http.Request.Headers.Host = host;
        http.Request.Scheme = "http";
        http.Request.Path = path;
        http.Response.Body = new MemoryStream();
        return http;
    }

    public static DefaultHttpContext LocalRequest(string host = "localhost:5000", string method = "GET") => Request("127.0.0.1", host, method);

    /// <summary>Puts a policy on the endpoint of a request.</summary>
    public static void Demand(HttpContext http, bool isMet, string user = "anna")
    {
        http.SetEndpoint(new Endpoint(requestDelegate: null, new EndpointMetadataCollection(new AuthorizeAttribute("ops")), "page"));
        if (isMet)
        {
            http.Items["__AuthorizationMiddlewareWithEndpointInvoked"] = true;
            http.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.Name, user)], "test"));
        }
    }

    /// <summary>Signs in and returns the value of the cookie.</summary>
    public string CookieOfSignIn()
    {
        DefaultHttpContext http = Request();
        Cookie.Give(http);
        return ValueOf(http.Response.Headers.SetCookie.ToString());
    }

    public static void Send(HttpContext http, string cookie) => http.Request.Headers.Cookie = $"{SessionCookie.Name}={cookie}";

    public static string ValueOf(string setCookie) => setCookie[(SessionCookie.Name.Length + 1)..setCookie.IndexOf(';', StringComparison.Ordinal)];

    public static string BodyOf(HttpContext http) => System.Text.Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());

    public void Dispose()
    {
        _loggers.Dispose();
        Logs.Dispose();
    }
}
