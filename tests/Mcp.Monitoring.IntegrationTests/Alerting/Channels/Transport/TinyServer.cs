using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Takes connections on the loopback address, one after the other, each on a thread of its own, and does with them what the test says.</summary>
internal sealed class TinyServer : IDisposable
{
    private const int Patience = 30_000;

    private readonly TcpListener _listener;
    private readonly List<Socket> _taken = [];
    private int _count;

    public TinyServer(Action<Stream> serve, IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        Start(() => Take(serve));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/path-of-the-token?query=secret");

    /// <summary>Gets how many connections there were.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Answers each request with the same bytes, says that it closes, and closes.</summary>
    public static TinyServer Answering(string answer, Action<string>? asked = null) => new(stream =>
    {
        string request = ReadRequest(stream);
        asked?.Invoke(request);
        stream.Write(Encoding.Latin1.GetBytes(Closing(answer)));
    });

    /// <summary>Reads a request of HTTP/1.1 with its body, if it has a length.</summary>
    public static string ReadRequest(Stream stream)
    {
        var request = new StringBuilder();
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && stream.ReadByte() is >= 0 and var character)
        {
            request.Append((char)character);
        }

        string? length = request.ToString().Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            byte[] body = new byte[int.Parse(length.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture)];
            stream.ReadExactly(body);
            request.Append(Encoding.UTF8.GetString(body));
        }

        return request.ToString();
    }

    // Who is not told would send the next request on a connection that is about to be closed.
    private static string Closing(string answer) =>
        answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && !answer.Contains("Connection: ", StringComparison.Ordinal) && answer.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var end
            ? answer.Insert(end, "\r\nConnection: close")
            : answer;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_taken)
        {
            _taken.ForEach(static socket => socket.Dispose());
        }
    }

    private void Take(Action<Stream> serve)
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                socket.ReceiveTimeout = socket.SendTimeout = Patience;
                Interlocked.Increment(ref _count);
                lock (_taken)
                {
                    _taken.Add(socket);
                }

                Start(() =>
                {
                    using var stream = new NetworkStream(socket, ownsSocket: true);
                    serve(stream);
                });
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static void Start(Action run) => new Thread(() =>
    {
        try
        {
            run();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // Whoever called has left.
        }
    })
    { IsBackground = true }.Start();
}
