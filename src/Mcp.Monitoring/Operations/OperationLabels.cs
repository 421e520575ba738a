namespace Mcp.Monitoring.Operations;

/// <summary>The label values of the closed lists.</summary>
internal static class OperationLabels
{
    /// <summary>An operation that no list of ours contains.</summary>
    public const string Unknown = "_unknown";

    /// <summary>A request that no endpoint matched.</summary>
    public const string Unmatched = "_unmatched";

    /// <summary>A value past the cap of an open label, or outside an allow-list.</summary>
    public const string Other = "_other";

    /// <summary>No dependency was involved.</summary>
    public const string None = "none";

    public static IReadOnlyList<OperationType> Types { get; } = Enum.GetValues<OperationType>();

    public static IReadOnlyList<OperationOutcome> Outcomes { get; } = Enum.GetValues<OperationOutcome>();

    public static IReadOnlyList<ErrorType> ErrorTypes { get; } = Enum.GetValues<ErrorType>();

    /// <summary>Gets the outcomes that are errors, in the order of <see cref="ErrorIndex"/>.</summary>
    public static IReadOnlyList<OperationOutcome> ErrorOutcomes { get; } =
        [OperationOutcome.ServerError, OperationOutcome.ToolError, OperationOutcome.ClientError];

    public static string Label(this OperationType type) => type switch
    {
        OperationType.Tools => "tools",
        OperationType.Resources => "resources",
        OperationType.Prompts => "prompts",
        OperationType.Completion => "completion",
        OperationType.Protocol => "protocol",
        OperationType.Function => "function",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, message: null),
    };

    /// <summary>Finds a type by its label, compared without case.</summary>
    public static OperationType? TypeNamed(string label)
    {
        foreach (OperationType type in Types)
        {
            if (type.Label().Equals(label, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    public static string Label(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Success => "success",
        OperationOutcome.ToolError => "tool_error",
        OperationOutcome.ClientError => "client_error",
        OperationOutcome.ServerError => "server_error",
        OperationOutcome.Cancelled => "cancelled",
        OperationOutcome.InputRequired => "input_required",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };

    public static string Label(this ErrorType type) => type switch
    {
        ErrorType.Validation => "validation",
        ErrorType.Transport => "transport",
        ErrorType.Integration => "integration",
        ErrorType.Auth => "auth",
        ErrorType.Timeout => "timeout",
        ErrorType.CircuitBreaker => "circuit_breaker",
        ErrorType.Internal => "internal",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, message: null),
    };

    public static bool IsError(this OperationOutcome outcome) =>
        outcome is OperationOutcome.ServerError or OperationOutcome.ToolError or OperationOutcome.ClientError;

    /// <summary>Gets where an error outcome stands in <see cref="ErrorOutcomes"/>.</summary>
    public static int ErrorIndex(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.ServerError => 0,
        OperationOutcome.ToolError => 1,
        OperationOutcome.ClientError => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Only an error outcome has an index."),
    };

    /// <summary>Gets who is at fault when only the type of an error is known.</summary>
    public static OperationOutcome DefaultOutcome(this ErrorType type) =>
        type is ErrorType.Validation or ErrorType.Auth ? OperationOutcome.ClientError : OperationOutcome.ServerError;

    /// <summary>Gets the type of an error of which only the outcome is known.</summary>
    public static ErrorType DefaultErrorType(this OperationOutcome outcome) =>
        outcome == OperationOutcome.ClientError ? ErrorType.Validation : ErrorType.Internal;
}
