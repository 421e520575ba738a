namespace Mcp.Monitoring.Slo;

/// <summary>An objective as it was configured.</summary>
/// <param name="Name">Its name, the label <c>slo</c>.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="Target">The share of events that must be good; decimal, so that 1 - 0.995 is 0.005.</param>
internal sealed record SloDefinition(string Name, SloIndicator Indicator, decimal Target)
{
    /// <summary>Gets how many events the longer window must have for an alert.</summary>
    public int MinimumCalls { get; init; } = 50;

    /// <summary>Gets how many bad events the longer window must have for an alert.</summary>
    public int MinimumFailures { get; init; } = 5;
}
