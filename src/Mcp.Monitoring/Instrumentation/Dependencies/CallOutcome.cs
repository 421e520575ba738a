namespace Mcp.Monitoring.Instrumentation.Dependencies;

/// <summary>How a call of a dependency ended.</summary>
internal enum CallOutcome
{
    Success,
    Error,
    Timeout,

    /// <summary>A circuit breaker let nothing out.</summary>
    Rejected,

    /// <summary>The caller of the operation took it back.</summary>
    Cancelled,
}

internal static class CallOutcomes
{
    public static IReadOnlyList<CallOutcome> All { get; } = Enum.GetValues<CallOutcome>();

    public static string Label(this CallOutcome outcome) => outcome switch
    {
        CallOutcome.Success => "success",
        CallOutcome.Error => "error",
        CallOutcome.Timeout => "timeout",
        CallOutcome.Rejected => "rejected",
        CallOutcome.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };
}
