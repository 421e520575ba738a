namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>What the server said to one address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Code">The code of the answer.</param>
/// <param name="Text">The answer.</param>
internal sealed record RecipientReply(string Address, int Code, string Text)
{
    public bool IsTaken => Code is >= 200 and < 300;

    /// <summary>Gets whether a later attempt may succeed.</summary>
    public bool IsDeferred => Code is >= 400 and < 500;

    public override string ToString() => $"{Address}: {ServerReply.Words(Code, Text)}";
}
