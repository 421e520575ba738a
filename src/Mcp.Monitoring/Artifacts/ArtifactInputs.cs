using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Artifacts;

/// <summary>What artifacts are generated from.</summary>
internal sealed record ArtifactInputs
{
    /// <summary>Gets how the names of our metrics begin.</summary>
    public string Prefix { get; init; } = "mcp";

    public ArtifactOptions Options { get; init; } = new();

    public ThresholdOptions Thresholds { get; init; } = new();

    /// <summary>Gets all rules, also those that are off or of the process only.</summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }

    /// <summary>Gets the objectives: those of the configuration and those of operations.</summary>
    public required IReadOnlyList<SloDefinition> Objectives { get; init; }

    /// <summary>Gets the operations that say something of themselves by their attribute.</summary>
    public IReadOnlyList<DescribedOperation> Operations { get; init; } = [];
}

/// <summary>What an operation says of itself by its attribute.</summary>
internal sealed record DescribedOperation(string Type, string Name, string? Owner, string? Runbook, double? LatencyTargetMs);
