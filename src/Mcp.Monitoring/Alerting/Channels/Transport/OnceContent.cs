using System.Net;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>A body that knows whether it has begun to be sent, and can be kept from it as long as it has not.</summary>
internal sealed class OnceContent(byte[] body) : ByteArrayContent(body)
{
    private const int Untouched = 0, Begun = 1, Forbidden = 2;

    private int _state;

    public bool IsBegun => Volatile.Read(ref _state) == Begun;

    /// <summary>Keeps it from being sent from now on.</summary>
    /// <returns>Whether nothing of it was sent.</returns>
    public bool TryForbid() => Interlocked.CompareExchange(ref _state, Forbidden, Untouched) != Begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.CompareExchange(ref _state, Begun, Untouched) == Forbidden
            ? throw new OperationCanceledException("It is no longer wanted.")
            : base.SerializeToStreamAsync(stream, context, cancellationToken);
}
