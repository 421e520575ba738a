namespace Mcp.Monitoring;

/// <summary>How an operation ended: the closed list behind the label <c>outcome</c>.</summary>
public enum OperationOutcome
{
    /// <summary>It did what was asked; label <c>success</c>.</summary>
    Success,

    /// <summary>The tool itself answered with an error meant for the model (<c>isError</c>, <c>McpException</c>); label <c>tool_error</c>.</summary>
    ToolError,

    /// <summary>
    /// The caller's fault: arguments that do not fit the parameters, an unknown tool, refused by authorization; label <c>client_error</c>. It has no duration.
    /// An <see cref="ArgumentException"/> that a tool's own code throws, and so an <see cref="ArgumentOutOfRangeException"/>, is not among them: it may as well
    /// be a bug, and is a <see cref="ServerError"/>. Throw <see cref="McpValidationException"/> for what the caller can mend, or map the type with
    /// <see cref="ErrorOptions.Map{TException}"/>.
    /// </summary>
    ClientError,

    /// <summary>The server's fault: any other exception, a timeout, a caller who gave up on a hang; label <c>server_error</c>.</summary>
    ServerError,

    /// <summary>The caller took the call back in time; label <c>cancelled</c>. It has no duration.</summary>
    Cancelled,

    /// <summary>The operation asked the client for input and will be called again; label <c>input_required</c>. It has no duration.</summary>
    InputRequired,
}
