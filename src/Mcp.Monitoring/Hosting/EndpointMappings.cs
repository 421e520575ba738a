using System.Runtime.CompilerServices;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Mcp.Monitoring.Hosting;

/// <summary>
/// Where <c>MapMcpMonitoring()</c> was called. Twice on one builder is once; calls on several builders (a group, a branch) that end at the same route leave one
/// endpoint that answers, and never an ambiguous match: that which asks for authorization if one does, else the first.
/// </summary>
internal sealed class EndpointMappings
{
    // More calls than any application makes.
    private const int MostMappings = 100_000;

    private readonly ConditionalWeakTable<IEndpointRouteBuilder, IEndpointConventionBuilder> _known = [];
    private int _count;

    /// <summary>Gets whether it was called at all.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    public TEndpoints GetOrMap<TEndpoints>(IEndpointRouteBuilder endpoints, Func<IEndpointRouteBuilder, TEndpoints> map)
        where TEndpoints : class, IEndpointConventionBuilder => (TEndpoints)_known.GetValue(endpoints, builder =>
        {
            TEndpoints mapped = map(builder);
            int order = MonitoringEndpoint.Order + Interlocked.Increment(ref _count);
            mapped.Finally(endpoint => ((RouteEndpointBuilder)endpoint).Order = AuthorizationDemand.IsIn(endpoint.Metadata) ? order : order + MostMappings);
            return mapped;
        });
}
