using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.IntegrationTests.Processes;

/// <summary>A port for those who can not choose one themselves.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
