namespace Mcp.Monitoring.Operations;

/// <summary>
/// The attribute <c>error.type</c> as the OpenTelemetry semantic conventions for MCP have it: by their newest rule the caller's fault is no error of the
/// server.
/// </summary>
internal static class ConventionErrors
{
    public static string? TypeOf(OperationRecord record) => record.Outcome switch
    {
        OperationOutcome.ToolError => "tool_error",
        OperationOutcome.ServerError when record.ErrorType == ErrorType.Timeout => "timeout",
        OperationOutcome.ServerError => record.StatusCode ?? record.Exception?.GetType().FullName ?? "_OTHER",
        _ => null,
    };
}
