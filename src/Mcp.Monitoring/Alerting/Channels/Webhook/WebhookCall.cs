namespace Mcp.Monitoring.Alerting.Channels.Webhook;

/// <summary>What is posted for a message.</summary>
/// <param name="Address">Where to.</param>
/// <param name="Body">JSON in UTF-8.</param>
internal sealed record WebhookCall(Uri Address, byte[] Body)
{
    /// <summary>Gets the header <c>Authorization</c>, if the receiver wants one.</summary>
    public string? Authorization { get; init; }

    /// <summary>Gets whether it ends something that may be gone already.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Gets what is posted once this was taken: it ends what this has begun.</summary>
    public WebhookCall? Then { get; init; }
}
