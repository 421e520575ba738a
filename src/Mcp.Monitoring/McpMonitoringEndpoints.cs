using Microsoft.AspNetCore.Builder;

namespace Mcp.Monitoring;

/// <summary>
/// The endpoints that <c>MapMcpMonitoring()</c> mapped. A convention added here applies to all of them, one added to <see cref="Metrics"/>,
/// <see cref="Health"/>, <see cref="Artifacts"/> or <see cref="StatusPage"/> to those alone.
/// </summary>
public sealed class McpMonitoringEndpoints : IEndpointConventionBuilder
{
    private readonly EndpointGroup _all;

    internal McpMonitoringEndpoints(
        IReadOnlyList<IEndpointConventionBuilder> metrics,
        IReadOnlyList<IEndpointConventionBuilder> health,
        IReadOnlyList<IEndpointConventionBuilder> artifacts,
        IReadOnlyList<IEndpointConventionBuilder> statusPage)
    {
        Metrics = new EndpointGroup(metrics);
        Health = new EndpointGroup(health);
        Artifacts = new EndpointGroup(artifacts);
        StatusPage = new EndpointGroup(statusPage);
        _all = new EndpointGroup([Metrics, Health, Artifacts, StatusPage]);
    }

    /// <summary>Gets <c>/metrics</c>.</summary>
    /// <value>Holds no endpoint when the metrics are off or have a port of their own.</value>
    public IEndpointConventionBuilder Metrics { get; }

    /// <summary>Gets <c>/health</c>, <c>/health/ready</c> and <c>/health/live</c>.</summary>
    public IEndpointConventionBuilder Health { get; }

    /// <summary>Gets <c>/monitoring/artifacts</c>, the list of the files that are generated for Prometheus, Alertmanager and Grafana, and
    /// <c>/monitoring/artifacts/{path}</c>, each of them.</summary>
    /// <value>They answer 404 unless they demand authorization, such as by <c>Artifacts.RequireAuthorization("ops")</c>; in Development also to requests over loopback
    /// that no proxy passes on.</value>
    public IEndpointConventionBuilder Artifacts { get; }

    /// <summary>Gets <c>/monitoring</c>, the status page, its API, its actions, and the operations over MCP.</summary>
    /// <value>In Development they answer requests over loopback that no proxy passes on. Elsewhere they answer 404 until <c>status_page.enabled</c> is true, and then to
    /// whom a policy lets in, such as <c>StatusPage.RequireAuthorization("ops")</c>, or who has <see cref="StatusPageOptions.Token"/>.</value>
    public IEndpointConventionBuilder StatusPage { get; }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _all.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _all.Finally(finallyConvention);

    private sealed class EndpointGroup(IReadOnlyList<IEndpointConventionBuilder> endpoints) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (IEndpointConventionBuilder endpoint in endpoints)
            {
                endpoint.Add(convention);
            }
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            foreach (IEndpointConventionBuilder endpoint in endpoints)
            {
                endpoint.Finally(finallyConvention);
            }
        }
    }
}
