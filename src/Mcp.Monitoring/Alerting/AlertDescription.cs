namespace Mcp.Monitoring.Alerting;

/// <summary>What a message says of an alert.</summary>
/// <param name="Summary">What is the matter, without a full stop: <c>14 of 14 calls failed in 5 min</c>.</param>
/// <param name="Facts">What helps to find the cause, short sentences: <c>Tools: get_order 9, get_stock 5.</c></param>
/// <param name="Runbook">Where it says what to do, a URL of the configuration; or none.</param>
/// <param name="Title">What is the matter with what, in a few words: <c>1c down</c>; empty where nobody said.</param>
internal sealed record AlertDescription(string Summary, IReadOnlyList<string> Facts, string? Runbook = null, string Title = "")
{
    public static AlertDescription Empty { get; } = new("", []);
}
