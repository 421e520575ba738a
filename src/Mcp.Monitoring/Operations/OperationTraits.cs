namespace Mcp.Monitoring.Operations;

/// <summary>What is known of an operation beside its name.</summary>
internal sealed record OperationTraits(
    string? Owner = null,
    string? Runbook = null,
    double? LatencyTargetMs = null,
    double? Availability = null)
{
    public static OperationTraits None { get; } = new();
}
