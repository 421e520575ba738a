namespace Mcp.Monitoring.Operations;

/// <summary>What the protocol says of a request, kept once for all requests alike; every text is from a list that we own.</summary>
internal abstract class ProtocolCall
{
    public required string Method { get; init; }

    public required string ProtocolVersion { get; init; }

    public required string Client { get; init; }

    public required string Transport { get; init; }

    /// <summary>Gets what stands between two requests of a client: <c>stateful</c> and <c>stateless</c> over HTTP, <c>stdio</c>.</summary>
    public required string Session { get; init; }

    /// <summary>Gets whether each call has a connection or a session of its own, which its caller can leave.</summary>
    public bool IsOverHttp { get; init; }

    /// <summary>Gets whether a caller whose connection was lost may come back for the answer.</summary>
    public bool IsResumable { get; init; }

    /// <summary>Counts a request of this client that has ended.</summary>
    public abstract void Count(OperationOutcome outcome);

    /// <summary>Reads what the client said in a message of this kind.</summary>
    public abstract RequestDetails DetailsOf(object message);
}
