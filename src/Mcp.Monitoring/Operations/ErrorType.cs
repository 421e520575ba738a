namespace Mcp.Monitoring;

/// <summary>What went wrong: the closed list behind the label <c>error_type</c>.</summary>
public enum ErrorType
{
    /// <summary>The input was not acceptable; label <c>validation</c>.</summary>
    Validation,

    /// <summary>The MCP connection failed; label <c>transport</c>.</summary>
    Transport,

    /// <summary>A system behind the server failed: HTTP service, database, queue; label <c>integration</c>.</summary>
    Integration,

    /// <summary>Authentication or authorization; label <c>auth</c>. With outcome <c>client_error</c> a caller was refused, with <c>server_error</c> authentication itself is broken.</summary>
    Auth,

    /// <summary>Something took too long; label <c>timeout</c>.</summary>
    Timeout,

    /// <summary>A circuit breaker refused the call; label <c>circuit_breaker</c>.</summary>
    CircuitBreaker,

    /// <summary>Everything else; label <c>internal</c>.</summary>
    Internal,
}
