namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Knows who called lately, from the recent operations; any thread.</summary>
internal interface IRecentClients
{
    /// <summary>Gets the client of most of the recent calls of an operation that were the caller's fault, as the label <c>client</c> has it; <see langword="null"/>
    /// where nobody knows.</summary>
    string? MostAtFault(string operationType, string operation);
}
