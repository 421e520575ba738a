using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.OperationsTools.Serving;

/// <summary>
/// Who calls a tool on a server of the host's choice. Whoever may use that server may not yet see its operations: it is asked for what the status page asks for, and where that is
/// closed, so are the tools.
/// </summary>
/// <param name="services">The services of the host.</param>
internal sealed class HostCallers(IServiceProvider services)
{
    private const string NotEnabled = "The status page of this server is closed, and with it these tools. Set status_page.enabled: true with status_page.token or a policy.",
        NotOfPolicy = "The policy of the status page does not let this caller in, and with it neither do these tools.";

    /// <summary>Finds out who sends a request; nobody where none is known.</summary>
    public async ValueTask<Caller> OfAsync(HttpContext? http)
    {
        if (http is null)
        {
            return Caller.Nobody;
        }

        // The policy of the endpoint that is called says who may use the server; that of the page is another. As before the page, nothing else helps whom it keeps out.
        bool? isOfPolicy = await IsOfPolicyAsync(http).ConfigureAwait(false);
        PageVerdict verdict = services.GetRequiredService<PageAccess>().Judge(http, isOfPolicy is not null);
        return verdict switch
        {
            { Answer: PageAnswer.Closed } => Caller.Nobody with { Why = NotEnabled },
            _ when isOfPolicy == false => Caller.Nobody with { Why = NotOfPolicy },
            { Caller: { } caller } => new Caller(MaySee: true, caller.MayAct, caller.Name),
            _ => Caller.Nobody with { Why = verdict.Words },
        };
    }

    // Null where the page has no policy.
    private async ValueTask<bool?> IsOfPolicyAsync(HttpContext http)
    {
        if (services.GetService<EndpointDataSource>()?.Endpoints.FirstOrDefault(IsPage) is not { } page
            || services.GetService<IAuthorizationPolicyProvider>() is not { } policies
            || services.GetService<IAuthorizationService>() is not { } authorization)
        {
            return null;
        }

        AuthorizationPolicy? policy = await AuthorizationPolicy.CombineAsync(
            policies, page.Metadata.GetOrderedMetadata<IAuthorizeData>(), page.Metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        return policy is not null && (await authorization.AuthorizeAsync(http.User, resource: null, policy).ConfigureAwait(false)).Succeeded;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<StatusPageEndpoint>() is not null && AuthorizationDemand.IsIn(endpoint.Metadata);
}
