namespace Mcp.Monitoring.Operations;

/// <summary>Marks an endpoint as ours.</summary>
internal sealed class MonitoringEndpoint
{
    /// <summary>Behind the host's own endpoints, so that its <c>/health</c> wins where it has one.</summary>
    public const int Order = 1000;

    public static MonitoringEndpoint Instance { get; } = new();
}
