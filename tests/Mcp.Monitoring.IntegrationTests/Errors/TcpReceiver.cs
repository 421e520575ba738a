using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Mcp.Monitoring.Tests.Errors;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>A receiver that may do to a connection what no web server would do. Each request has the next reply; the last one for ever.</summary>
internal sealed class TcpReceiver : IAsyncDisposable
{
    /// <summary>What is no reply: the connection is reset, or nothing comes, or a body without end.</summary>
    public const string Reset = "reset", Hang = "hang", EndlessBody = "endless";

    private const string HeadEnd = "\r\n\r\n";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly string[] _replies;
    private readonly Task _accepting;
    private int _requests;

    public TcpReceiver(params string[] replies)
    {
        _replies = replies;
        // Who still tries to reach a former receiver does not find this one in its place.
        _listener = FreePort.Take(out int port);
        Port = port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Dsn => $"http://key@127.0.0.1:{Port}/42";

    public ConcurrentQueue<(string Head, ParsedEnvelope Envelope)> Received { get; } = new();

    public static string Status(string status, params string[] headers) =>
        $"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: 2\r\n\r\n{{}}";

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using TcpClient held = connection;
        try
        {
            NetworkStream stream = connection.GetStream();
            while (await ReadAsync(stream))
            {
                string reply = _replies[Math.Min(Interlocked.Increment(ref _requests), _replies.Length) - 1];
                switch (reply)
                {
                    case Reset:
                        connection.LingerState = new LingerOption(enable: true, 0);
                        return;
                    case Hang:
                        await Task.Delay(Timeout.Infinite, _over.Token);
                        return;
                    case EndlessBody:
                        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 1000000000\r\n\r\n"), _over.Token);
                        while (true)
                        {
                            await stream.WriteAsync(new byte[65_536], _over.Token);
                        }

                    default:
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(reply), _over.Token);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The client has hung up, or the test is over.
        }
    }

    private async Task<bool> ReadAsync(NetworkStream stream)
    {
        var read = new MemoryStream();
        byte[] buffer = new byte[16_384];
        while (true)
        {
            int count = await stream.ReadAsync(buffer, _over.Token);
            if (count == 0)
            {
                return false;
            }

            read.Write(buffer, 0, count);
            string text = Encoding.Latin1.GetString(read.GetBuffer(), 0, (int)read.Length);
            int end = text.IndexOf(HeadEnd, StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            string length = text.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))["Content-Length:".Length..];
            int body = end + HeadEnd.Length, size = int.Parse(length, CultureInfo.InvariantCulture);
            if (read.Length >= body + size)
            {
                Received.Enqueue((text[..end], await UnpackAsync(read.ToArray().AsMemory(body, size))));
                return true;
            }
        }
    }

    private static async Task<ParsedEnvelope> UnpackAsync(ReadOnlyMemory<byte> packed)
    {
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress))
        {
            await gzip.CopyToAsync(unpacked);
        }

        return ParsedEnvelope.Of(unpacked.ToArray());
    }
}
