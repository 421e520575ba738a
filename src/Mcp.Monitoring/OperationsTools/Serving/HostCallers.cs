using System.Security.Claims;
using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
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
        ClaimsPrincipal user = http.User;
        try
        {
            bool? isOfPolicy = await IsOfPolicyAsync(http).ConfigureAwait(false);
            PageVerdict verdict = services.GetRequiredService<PageAccess>().Judge(http, isOfPolicy is not null, user.Identity?.IsAuthenticated == true);
            return verdict switch
            {
                { Answer: PageAnswer.Closed } => Caller.Nobody with { Why = NotEnabled },
                _ when isOfPolicy == false => Caller.Nobody with { Why = NotOfPolicy },
                { Caller: { } caller } => new Caller(MaySee: true, caller.MayAct, caller.Name) { Address = PageAudit.AddressOf(http) },
                _ => Caller.Nobody with { Why = verdict.Words },
            };
        }
        finally
        {
            http.User = user;
        }
    }

    // Null where the page has no policy. One that names schemes makes the user of the request whom they know.
    private async ValueTask<bool?> IsOfPolicyAsync(HttpContext http)
    {
        if (services.GetService<EndpointDataSource>()?.Endpoints.FirstOrDefault(IsPage) is not { } page
            || services.GetService<IAuthorizationPolicyProvider>() is not { } policies
            || services.GetService<IPolicyEvaluator>() is not { } evaluator)
        {
            return null;
        }

        AuthorizationPolicy? policy = await AuthorizationPolicy.CombineAsync(
            policies, page.Metadata.GetOrderedMetadata<IAuthorizeData>(), page.Metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        return policy is not null
            && (await evaluator.AuthorizeAsync(policy, await evaluator.AuthenticateAsync(policy, http).ConfigureAwait(false), http, resource: null).ConfigureAwait(false)).Succeeded;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<StatusPageEndpoint>() is not null && AuthorizationDemand.IsIn(endpoint.Metadata);
}
