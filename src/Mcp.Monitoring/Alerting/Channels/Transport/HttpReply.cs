namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>What a receiver answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The beginning of the body, at most 64 KiB.</param>
/// <param name="RetryAfter">How long it wants to be left alone.</param>
/// <param name="Date">What time it has.</param>
internal sealed record HttpReply(int Status, string Body, TimeSpan? RetryAfter, DateTimeOffset? Date)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
