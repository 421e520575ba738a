using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>A port for those who can not choose one themselves.</summary>
internal static class FreePort
{
    /// <summary>Below those that the system gives to who asks for any port, so that nobody gets it in between.</summary>
    private const int First = 10_240, Count = 22_000;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>Finds a port of the loopback that nobody listens on, and gives it to one only.</summary>
    public static int Find()
    {
        using TcpListener listener = Take(out int port);
        return port;
    }

    /// <summary>Takes a port until the listener is disposed.</summary>
    public static TcpListener Take(out int port)
    {
        for (int attempt = 0; ; attempt++)
        {
            port = First + (Interlocked.Increment(ref _next) % Count);
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < 100)
            {
                listener.Dispose();
            }
        }
    }
}
