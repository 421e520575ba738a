namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>What a tool says of itself.</summary>
internal sealed record ToolDescription
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Gets what it does, for a model: units and windows in it.</summary>
    public required string Description { get; init; }

    public IReadOnlyList<ToolArgument> Arguments { get; init; } = [];

    /// <summary>Gets whether it changes something; the caller must be allowed to act then.</summary>
    public bool Acts { get; init; }

    /// <summary>Gets whether a second call with the same arguments changes nothing more.</summary>
    public bool IsIdempotent { get; init; } = true;
}
