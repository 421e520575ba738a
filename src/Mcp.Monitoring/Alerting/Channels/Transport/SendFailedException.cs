namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>No answer came. The message says so in words, without the path or the query of the address.</summary>
internal sealed class SendFailedException(string message, bool mayHaveArrived, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets whether the request may have been taken all the same: some of it was sent.</summary>
    public bool MayHaveArrived => mayHaveArrived;
}
