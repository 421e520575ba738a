namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>Marks an endpoint as one of the status page: a policy on it says who may see the page.</summary>
internal sealed class StatusPageEndpoint
{
    private StatusPageEndpoint()
    {
    }

    public static StatusPageEndpoint Instance { get; } = new();
}
