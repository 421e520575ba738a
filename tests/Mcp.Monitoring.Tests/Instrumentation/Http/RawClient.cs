using System.Net.Sockets;
using System.Text;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>A client that speaks HTTP/1.1 as a test writes it, and leaves as a test wants.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, Cancelled);
        return new RawClient(socket);
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancelled);

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, Cancelled);

    /// <summary>Reads up to the empty line after the headers; a body of no bytes may follow.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(one, Cancelled) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Says that nothing more will come (FIN).</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Leaves with a reset (RST), as a process does that was killed with data unread.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>Closes the socket, with whatever the system makes of it.</summary>
    public void Close() => _socket.Close();

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
