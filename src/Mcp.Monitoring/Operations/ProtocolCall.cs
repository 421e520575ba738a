namespace Mcp.Monitoring.Operations;

/// <summary>What the protocol says of a request; every text is from a list that we own.</summary>
internal sealed class ProtocolCall
{
    public required string Method { get; init; }

    public required string ProtocolVersion { get; init; }

    public required string Client { get; init; }

    public required string Transport { get; init; }
}
