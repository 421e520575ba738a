using Mcp.Monitoring.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>
/// Refuses to start a host whose status page is enabled and has nothing that says who may see it. Asked once all endpoints are mapped and before the server listens.
/// </summary>
/// <param name="options">The settings.</param>
/// <param name="isDevelopment">Whether this machine may see the page anyway.</param>
/// <param name="nameOf">The name by which the user gave a setting.</param>
/// <param name="goesOn">Whether a host with wrong settings is to start all the same; told to mark it.</param>
/// <param name="logger">Where it is told.</param>
internal sealed class StatusPageStart(
    Func<StatusPageOptions> options, bool isDevelopment, Func<string, string> nameOf, Func<bool> goesOn, ILogger<StatusPageStart> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        if (isDevelopment || options() is not { Enabled: true, Token: null } || HasPolicy(app.ApplicationServices))
        {
            return;
        }

        string fault = $"{nameOf("StatusPage:Enabled")} is true, and nothing says who may see the page. "
            + "Set status_page.token, or write app.MapMcpMonitoring().StatusPage.RequireAuthorization(\"ops\").";
        Log.StatusPageUnguarded(logger, fault);
        if (!goesOn())
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(StatusPageOptions), [fault]);
        }
    };

    // A host that maps no page has none to guard.
    private static bool HasPolicy(IServiceProvider services)
    {
        Endpoint[] pages = [.. (services.GetService<EndpointDataSource>()?.Endpoints ?? []).Where(endpoint => endpoint.Metadata.GetMetadata<StatusPageEndpoint>() is not null)];
        return pages.Length == 0 || Array.Exists(pages, page => AuthorizationDemand.IsIn(page.Metadata));
    }
}
