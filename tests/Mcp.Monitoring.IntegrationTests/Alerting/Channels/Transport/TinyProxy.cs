using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

/// <summary>Proxies as small as can be, which lead wherever they are asked to on the loopback address, whatever the name.</summary>
internal static class TinyProxy
{
    /// <summary>A proxy that knows CONNECT.</summary>
    /// <param name="asked">Is told the head of each request.</param>
    /// <param name="refusal">What it answers instead, such as <c>407 Proxy Authentication Required</c>.</param>
    /// <param name="port">Where it leads to, whatever port it is asked for: one that no test may listen on.</param>
    public static TinyServer Http(Action<string>? asked = null, string? refusal = null, int? port = null) => new(stream =>
    {
        string head = TinyServer.ReadRequest(stream);
        asked?.Invoke(head);
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal ?? "200 OK"}\r\nProxy-Agent: tiny\r\n\r\n"));
        if (refusal is null)
        {
            Join(stream, port ?? int.Parse(head.Split(' ')[1].Split(':')[^1], CultureInfo.InvariantCulture));
        }
    });

    /// <summary>A proxy that knows SOCKS5.</summary>
    /// <param name="asked">Is told the name of each target.</param>
    /// <param name="signIn"><c>user:password</c>, where it asks for them.</param>
    /// <param name="reply">What it answers to a connection; 0 is yes.</param>
    public static TinyServer Socks(Action<string>? asked = null, string? signIn = null, byte reply = 0) => new(stream =>
    {
        byte[] greeting = Read(stream, 2);
        byte[] methods = Read(stream, greeting[1]);
        byte method = signIn is null ? (byte)0 : (byte)2;
        stream.Write([5, methods.Contains(method) ? method : (byte)255]);
        if (signIn is not null)
        {
            string user = Encoding.UTF8.GetString(Read(stream, Read(stream, 2)[1])), password = Encoding.UTF8.GetString(Read(stream, Read(stream, 1)[0]));
            bool isRight = $"{user}:{password}" == signIn;
            stream.Write([1, isRight ? (byte)0 : (byte)1]);
            if (!isRight)
            {
                return;
            }
        }

        byte[] request = Read(stream, 4);
        byte[] name = Read(stream, request[3] == 3 ? Read(stream, 1)[0] : 4);
        byte[] port = Read(stream, 2);
        asked?.Invoke(request[3] == 3 ? Encoding.ASCII.GetString(name) : string.Join('.', name));
        stream.Write([5, reply, 0, 3, 4, (byte)'t', (byte)'i', (byte)'n', (byte)'y', 0, 0]);
        if (reply == 0)
        {
            Join(stream, (port[0] << 8) | port[1]);
        }
    });

    private static byte[] Read(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void Join(Stream stream, int port)
    {
        using var target = new TcpClient("127.0.0.1", port);
        using NetworkStream other = target.GetStream();
        var back = new Thread(() => Copy(other, stream)) { IsBackground = true };
        back.Start();
        Copy(stream, other);
        back.Join(TimeSpan.FromSeconds(10));
    }

    private static void Copy(Stream from, Stream to)
    {
        try
        {
            from.CopyTo(to);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // One side has left.
        }
    }
}
