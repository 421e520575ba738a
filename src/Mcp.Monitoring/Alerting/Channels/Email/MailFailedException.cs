namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>Nobody was told. The message says so in words, without a secret.</summary>
internal sealed class MailFailedException(string message, DeliveryStatus status, Exception? inner = null) : Exception(message, inner)
{
    public DeliveryStatus Status => status;

    /// <summary>Gets how long nothing should be tried.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
