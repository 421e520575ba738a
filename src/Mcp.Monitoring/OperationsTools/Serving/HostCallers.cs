using Mcp.Monitoring.Hosting;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.OperationsTools.Serving;

/// <summary>
/// Who calls a tool on a server of the host's choice. Whoever may use that server may not yet see its operations: it is asked for the policy of the status page and for its token,
/// whatever lets callers in to the server itself.
/// </summary>
/// <param name="services">The services of the host.</param>
/// <param name="isReadOnly">Whether nobody may act.</param>
internal sealed class HostCallers(IServiceProvider services, Func<bool> isReadOnly)
{
    private const string Closed = "The status page is closed to this caller, and with it these tools: send status_page.token in the header Authorization: Bearer, or be of the policy of the page.";

    /// <summary>Finds out who sends a request; nobody where none is known.</summary>
    public async ValueTask<Caller> OfAsync(HttpContext? http)
    {
        if (http is null)
        {
            return Caller.Nobody;
        }

        if (await IsOfPolicyAsync(http).ConfigureAwait(false))
        {
            return new Caller(MaySee: true, !isReadOnly(), http.User.Identity?.Name);
        }

        // The policy of the endpoint that is called says who may use the server.
        var features = new FeatureCollection(http.Features);
        features.Set<IEndpointFeature>(new NoEndpoint());
        PageVerdict verdict = services.GetRequiredService<PageAccess>().Judge(new DefaultHttpContext(features));
        return verdict.Caller is { } caller
            ? new Caller(MaySee: true, caller.MayAct, caller.Name)
            : Caller.Nobody with { Why = verdict.Words.Length == 0 ? Closed : verdict.Words };
    }

    private async ValueTask<bool> IsOfPolicyAsync(HttpContext http)
    {
        if (services.GetService<EndpointDataSource>()?.Endpoints.FirstOrDefault(IsPage) is not { } page
            || services.GetService<IAuthorizationPolicyProvider>() is not { } policies
            || services.GetService<IAuthorizationService>() is not { } authorization)
        {
            return false;
        }

        AuthorizationPolicy? policy = await AuthorizationPolicy.CombineAsync(
            policies, page.Metadata.GetOrderedMetadata<IAuthorizeData>(), page.Metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        return policy is not null && (await authorization.AuthorizeAsync(http.User, resource: null, policy).ConfigureAwait(false)).Succeeded;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<StatusPageEndpoint>() is not null && AuthorizationDemand.IsIn(endpoint.Metadata);

    private sealed class NoEndpoint : IEndpointFeature
    {
        public Endpoint? Endpoint { get; set; }
    }
}
