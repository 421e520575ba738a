using System.Runtime.InteropServices;

namespace Mcp.Monitoring;

/// <summary>What an exception means: which kind of error it is and whose fault.</summary>
/// <param name="Type">The kind of error.</param>
/// <param name="Outcome">How the operation that it ends is counted; an error outcome, or <see cref="OperationOutcome.Cancelled"/> or
/// <see cref="OperationOutcome.InputRequired"/> for an exception that is no error.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ErrorClassification(ErrorType Type, OperationOutcome Outcome);
