using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.Tests.Hosting;

internal static class FreePort
{
    /// <summary>Finds a port of the loopback that nobody listens on.</summary>
    public static int Find()
    {
        using TcpListener listener = Take(out int port);
        return port;
    }

    /// <summary>Takes a port until the listener is disposed.</summary>
    public static TcpListener Take(out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return listener;
    }
}
