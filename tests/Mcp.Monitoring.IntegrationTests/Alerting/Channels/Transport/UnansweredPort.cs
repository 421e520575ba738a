using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>A port at which connections stay unanswered: its queue is full, and nobody takes from it.</summary>
internal sealed class UnansweredPort : IDisposable
{
    private const int MostFillers = 20;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMilliseconds(300);

    private readonly Socket _listener;
    private readonly List<Socket> _fillers = [];

    public UnansweredPort(IPAddress? address = null, int port = 0)
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address ?? IPAddress.Loopback, port));
        _listener.Listen(0);
        while (IsAnswered())
        {
            Assert.True(_fillers.Count < MostFillers, "The queue does not fill up.");
        }
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        _fillers.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
    }

    private bool IsAnswered()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        _fillers.Add(socket);
        try
        {
            socket.Connect(_listener.LocalEndPoint!);
            return true;
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return socket.Poll(AnswersWithin, SelectMode.SelectWrite);
        }
    }
}
