using System.Globalization;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Slo;

/// <summary>What is counted: of which operations, and what is good. Objectives that count the same share it.</summary>
/// <param name="Kind">Whether calls that the server did not fail are good, or successful calls that were fast enough.</param>
/// <param name="ThresholdSeconds">How long a good call takes at most; of latency only.</param>
/// <param name="Operation">The one operation that it is of, or <see langword="null"/> for all.</param>
/// <param name="OperationType">The type of that operation, or <see langword="null"/> for whichever has the name.</param>
/// <param name="CountsToolErrors">Whether a tool's own error is bad as well; of availability only.</param>
internal sealed record SloIndicator(SloKind Kind, double ThresholdSeconds = 0, string? Operation = null, OperationType? OperationType = null, bool CountsToolErrors = false)
{
    /// <summary>Gets what its counts are stored under: other counts have another, whatever the objective is called.</summary>
    public string Key { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{(Kind == SloKind.Latency ? $"latency:{ThresholdSeconds}" : CountsToolErrors ? "availability:tool_errors" : "availability")}:{OperationType?.Label() ?? "*"}:{Operation ?? "*"}");

    /// <summary>Gets whether an operation is counted: what clients ask for, if they may.</summary>
    public bool IsOf(Operation operation) =>
        IsCounted(operation.Type) && (OperationType is null || OperationType == operation.Type) && (Operation is null || Operation == operation.Name);

    public static bool IsCounted(OperationType type) => type is Monitoring.OperationType.Tools or Monitoring.OperationType.Resources or Monitoring.OperationType.Prompts;
}
