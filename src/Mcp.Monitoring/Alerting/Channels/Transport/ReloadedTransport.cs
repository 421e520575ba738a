namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>The transport of a channel whose proxy may change while the host runs.</summary>
/// <param name="time">The clock of the host.</param>
internal sealed class ReloadedTransport(TimeProvider time)
{
    private volatile Kept? _kept;

    /// <summary>Returns the transport through a proxy, which is made anew when the proxy has changed.</summary>
    public HttpTransport Through(string? proxyUrl)
    {
        Kept? kept = _kept;
        if (kept is null || kept.ProxyUrl != proxyUrl)
        {
            // The one before is left alone: a call may still be on it, and its connections end by themselves.
            kept = new Kept(proxyUrl, new HttpTransport(proxyUrl, time));
            _kept = kept;
        }

        return kept.Transport;
    }

    private sealed record Kept(string? ProxyUrl, HttpTransport Transport);
}
