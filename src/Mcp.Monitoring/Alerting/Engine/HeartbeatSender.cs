using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Sends the heartbeat over HTTP.</summary>
/// <param name="url">The address in use; its path is a secret.</param>
/// <param name="isPoolStarved">Whether the thread pool runs nothing.</param>
/// <param name="time">The clock of the host.</param>
internal sealed class HeartbeatSender(Func<string?> url, Func<bool> isPoolStarved, TimeProvider time) : IDisposable
{
    private readonly HttpTransport _transport = new(proxyUrl: null, time);

    public Uri? Url => url() is { Length: > 0 } set ? new Uri(set) : null;

    /// <summary>Calls the address; on a thread of its own.</summary>
    public DeliveryResult Call(Uri address, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            HttpReply reply = _transport.Send(request, isPoolStarved(), stop);
            return reply.IsSuccess ? DeliveryResult.Delivered() : DeliveryResult.Retry(FormattableString.Invariant($"{address.Host} answered {reply.Status}"));
        }
        catch (SendFailedException fault)
        {
            return DeliveryResult.Retry(fault.Message);
        }
    }

    public void Dispose() => _transport.Dispose();
}
