using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Hosting;

/// <summary>Whether an endpoint demands authorization.</summary>
internal static class AuthorizationDemand
{
    // By which routing itself knows that the middleware has run for an endpoint.
    private const string Judged = "__AuthorizationMiddlewareWithEndpointInvoked";

    /// <summary>Finds out whether the metadata of an endpoint demand it; who allows everybody demands nothing, whatever else is said.</summary>
    public static bool IsIn(IEnumerable<object> metadata)
    {
        bool isDemanded = false;
        foreach (object item in metadata)
        {
            if (item is IAllowAnonymous)
            {
                return false;
            }

            isDemanded |= item is IAuthorizeData or AuthorizationPolicy;
        }

        return isDemanded;
    }

    /// <summary>Finds out whether the endpoint of a request demands it, and the host's middleware has let the request through.</summary>
    public static bool IsMet(HttpContext http) => http.GetEndpoint() is { } endpoint && IsIn(endpoint.Metadata) && http.Items.ContainsKey(Judged);
}
