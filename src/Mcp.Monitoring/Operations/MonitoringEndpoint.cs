using Microsoft.AspNetCore.Http.Metadata;

namespace Mcp.Monitoring.Operations;

/// <summary>Marks an endpoint as ours. A refusal is answered as it is, by no page of the host for its status.</summary>
internal sealed class MonitoringEndpoint : ISkipStatusCodePagesMetadata
{
    /// <summary>Behind the host's own endpoints, so that its <c>/health</c> wins where it has one.</summary>
    public const int Order = 1000;

    public static MonitoringEndpoint Instance { get; } = new();
}
