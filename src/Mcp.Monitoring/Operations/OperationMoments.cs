namespace Mcp.Monitoring.Operations;

/// <summary>What a listener hears of: a moment that nobody asks for costs a request nothing.</summary>
[Flags]
internal enum OperationMoments
{
    None = 0,
    Started = 1,
    Failing = 2,
    Counted = 4,
    Completed = 8,
}
