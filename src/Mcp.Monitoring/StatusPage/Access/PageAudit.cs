using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>One line in the log for each action: who, from where, what, and what came of it. Whatever a user typed is cut and on one line.</summary>
internal sealed class PageAudit(ILogger<PageAudit> logger)
{
    /// <summary>Writes the line of an action.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who acts; <see langword="null"/> with the link of a message.</param>
    /// <param name="by">The name that he typed in, if any.</param>
    /// <param name="action">What he does, such as <c>acknowledge incident 7</c>.</param>
    /// <param name="result">What came of it.</param>
    public void Write(HttpContext http, PageCaller? caller, string? by, string action, string result)
    {
        string who = WhoIs(caller, by), address = AddressOf(http), what = Printable.Cut(action), outcome = Printable.Cut(result);
        Log.StatusPageAction(logger, who, address, what, outcome);
    }

    /// <summary>Returns the address a request came from.</summary>
    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";

    private static string WhoIs(PageCaller? caller, string? by)
    {
        string way = caller?.Way switch
        {
            null => "the link of a message",
            WayIn.Policy => $"user \"{Printable.Cut(caller.Name ?? "")}\"",
            WayIn.Local => "this machine",
            _ => "the token",
        };
        return string.IsNullOrWhiteSpace(by) ? way : $"{way} as \"{Printable.Cut(by)}\"";
    }
}
