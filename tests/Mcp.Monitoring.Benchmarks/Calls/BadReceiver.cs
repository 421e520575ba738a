using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>Takes connections on loopback and gives each the same bad answer: a text as it is, nothing at all and the end, or nothing for ever.</summary>
internal sealed class BadReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[]? _answer;

    public BadReceiver(string? answer)
    {
        _answer = answer is null ? null : Encoding.Latin1.GetBytes(answer);
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptSocketAsync().ConfigureAwait(false));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The listener is gone.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        if (_answer is null)
        {
            return;
        }

        using (socket)
        {
            byte[] taken = new byte[64 * 1024];
            await socket.ReceiveAsync(taken).ConfigureAwait(false);
            socket.LingerState = new LingerOption(enable: _answer.Length == 0, seconds: 0);
            await socket.SendAsync(_answer).ConfigureAwait(false);
        }
    }
}
