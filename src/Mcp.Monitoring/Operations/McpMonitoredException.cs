namespace Mcp.Monitoring;

/// <summary>An exception that says itself how it is counted. It is counted once, however many monitored scopes it crosses.</summary>
/// <param name="errorType">The kind of error.</param>
/// <param name="message">What went wrong; may be <see langword="null"/>.</param>
/// <param name="innerException">What caused it; may be <see langword="null"/>.</param>
#pragma warning disable CA1032 // The error type is what these exceptions are for: a constructor without it makes no sense.
public class McpMonitoredException(ErrorType errorType, string? message = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Gets the kind of error.</summary>
    /// <value>The label <c>error_type</c> under which it is counted.</value>
    public ErrorType ErrorType { get; } = errorType;

    /// <summary>Gets how the operation that this exception ends is counted.</summary>
    /// <value><see cref="OperationOutcome.ClientError"/> for <see cref="McpValidationException"/> and <see cref="McpAuthException"/>, else
    /// <see cref="OperationOutcome.ServerError"/>.</value>
    public virtual OperationOutcome Outcome => OperationOutcome.ServerError;
}

/// <summary>The caller's input was not acceptable: error type <c>validation</c>, outcome <c>client_error</c>.</summary>
/// <param name="message">What is wrong with the input; may be <see langword="null"/>.</param>
/// <param name="innerException">What caused it; may be <see langword="null"/>.</param>
public class McpValidationException(string? message = null, Exception? innerException = null)
    : McpMonitoredException(ErrorType.Validation, message, innerException)
{
    /// <inheritdoc/>
    public override OperationOutcome Outcome => OperationOutcome.ClientError;
}

/// <summary>The MCP connection failed: error type <c>transport</c>, outcome <c>server_error</c>.</summary>
/// <param name="message">What went wrong; may be <see langword="null"/>.</param>
/// <param name="innerException">What caused it; may be <see langword="null"/>.</param>
public class McpTransportException(string? message = null, Exception? innerException = null)
    : McpMonitoredException(ErrorType.Transport, message, innerException);

/// <summary>A system behind the server failed: error type <c>integration</c>, outcome <c>server_error</c>.</summary>
/// <param name="message">What went wrong; may be <see langword="null"/>.</param>
/// <param name="innerException">What caused it; may be <see langword="null"/>.</param>
public class McpIntegrationException(string? message = null, Exception? innerException = null)
    : McpMonitoredException(ErrorType.Integration, message, innerException);

/// <summary>A caller was refused: error type <c>auth</c>, outcome <c>client_error</c>.</summary>
/// <param name="message">Why; may be <see langword="null"/>.</param>
/// <param name="innerException">What caused it; may be <see langword="null"/>.</param>
public class McpAuthException(string? message = null, Exception? innerException = null)
    : McpMonitoredException(ErrorType.Auth, message, innerException)
{
    /// <inheritdoc/>
    public override OperationOutcome Outcome => OperationOutcome.ClientError;
}
#pragma warning restore CA1032
