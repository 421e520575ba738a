using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>What the exceptions of the MCP SDK mean.</summary>
internal sealed class McpErrorMapping : IErrorMapping
{
    // What the SDK's authorization filter answers (AuthorizationFilterSetup); it has no code of its own.
    private const string Denied = "Access forbidden";

    // The newest rule of the OpenTelemetry conventions for MCP: these codes are the caller's fault. The last three came with revision 2026-07-28.
    private static readonly int[] CallersFault =
    [
        (int)McpErrorCode.ParseError, (int)McpErrorCode.InvalidRequest, (int)McpErrorCode.MethodNotFound, (int)McpErrorCode.InvalidParams,
        (int)McpErrorCode.ResourceNotFound, (int)McpErrorCode.HeaderMismatch, (int)McpErrorCode.MissingRequiredClientCapability,
        (int)McpErrorCode.UnsupportedProtocolVersion,
    ];

    public static ErrorClassification Invalid { get; } = new(ErrorType.Validation, OperationOutcome.ClientError);

    public bool TryMap(Exception exception, out ErrorClassification classification)
    {
        switch (exception)
        {
            case InputRequiredException:
            case McpProtocolException { ErrorCode: McpErrorCode.UrlElicitationRequired }:
                classification = new ErrorClassification(ErrorType.Internal, OperationOutcome.InputRequired);
                return true;
            case McpProtocolException protocol:
                classification = ForCode((int)protocol.ErrorCode, protocol.Message);
                return true;
            case McpException:
                classification = new ErrorClassification(ErrorType.Internal, OperationOutcome.ToolError);
                return true;
            case ArgumentException or JsonException when IsArgumentBinding(exception):
                classification = Invalid;
                return true;
            default:
                classification = default;
                return false;
        }
    }

    public static ErrorClassification ForCode(int code, string? message)
    {
        if (!CallersFault.Contains(code))
        {
            return new ErrorClassification(ErrorType.Internal, OperationOutcome.ServerError);
        }

        bool isDenied = code == (int)McpErrorCode.InvalidRequest && message?.StartsWith(Denied, StringComparison.Ordinal) == true;
        return new ErrorClassification(isDenied ? ErrorType.Auth : ErrorType.Validation, OperationOutcome.ClientError);
    }

    /// <summary>Returns whether the SDK could not read the parameters of a request, which it answers as if the server had failed.</summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is JsonException && Caller(exception)?.DeclaringTypeName?.StartsWith("ModelContextProtocol.RequestHandlers", StringComparison.Ordinal) == true;

    /// <summary>
    /// Returns whether the arguments did not fit the tool's parameters: thrown by the code that binds them, before the tool's own code ran. The same types
    /// thrown by the tool itself are the server's fault.
    /// </summary>
    private static bool IsArgumentBinding(Exception exception) =>
        Caller(exception)?.DeclaringAssemblyName?.StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal) == true;

    // The serializer and the runtime stand between those who use them and the throw.
    private static DiagnosticMethodInfo? Caller(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { } method && method.DeclaringAssemblyName?.StartsWith("System.", StringComparison.Ordinal) == false)
            {
                return method;
            }
        }

        return null;
    }
}
