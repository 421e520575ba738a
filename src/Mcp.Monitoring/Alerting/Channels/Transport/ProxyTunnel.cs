using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>A way through a proxy: CONNECT (RFC 9110, 9.3.6) or SOCKS5 (RFC 1928, RFC 1929). The proxy resolves the name.</summary>
internal static class ProxyTunnel
{
    private const int UsualSocksPort = 1080;
    private const int LongestHead = 16 * 1024;

    public static HostAndPort AddressOf(Uri proxy) => new(proxy.IdnHost, proxy.Port > 0 ? proxy.Port : UsualSocksPort);

    /// <summary>Asks a proxy that is connected to go on to the target.</summary>
    /// <exception cref="SendFailedException">It does not.</exception>
    public static void Open(Socket socket, Uri proxy, HostAndPort target, CancellationToken stop)
    {
        HostAndPort self = AddressOf(proxy);
        Waited waited = Waited.FromNow();
        using CancellationTokenRegistration cut = stop.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
        try
        {
            (string? user, string password) = SignIn(proxy);
            if (proxy.Scheme == "socks5")
            {
                OpenSocks(socket, self, target, user, password);
            }
            else
            {
                OpenHttp(socket, self, target, user, password);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            throw new SendFailedException(
                stop.IsCancellationRequested ? $"the proxy {self} made no connection to {target} within {FailureWords.Seconds(waited.Time)}" : $"the proxy {self} cut the connection to {target}",
                mayHaveArrived: false,
                fault);
        }
    }

    private static (string? User, string Password) SignIn(Uri proxy)
    {
        string[] parts = proxy.UserInfo.Split(':', 2);
        return proxy.UserInfo.Length == 0 ? (null, "") : (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static void OpenHttp(Socket socket, HostAndPort self, HostAndPort target, string? user, string password)
    {
        string signIn = user is null ? "" : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}\r\n";
        Send(socket, Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{signIn}\r\n"));

        // One by one: what follows the head is the target's own.
        var head = new StringBuilder();
        while (head.Length < 4 || head[^1] != '\n' || head[^3] != '\n')
        {
            if (head.Length == LongestHead)
            {
                throw Failed($"the proxy {self} does not answer in HTTP");
            }

            head.Append((char)Receive(socket, 1)[0]);
        }

        string answer = head.ToString();
        if (!answer.StartsWith("HTTP/1.", StringComparison.Ordinal) || answer.Length < 12 || !int.TryParse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            throw Failed($"the proxy {self} does not answer in HTTP");
        }

        if (status is < 200 or > 299)
        {
            throw Failed(status == 407
                ? user is null ? $"the proxy {self} asks for a user and a password" : $"the proxy {self} refuses the user or the password"
                : string.Create(CultureInfo.InvariantCulture, $"the proxy {self} answered {status} to a connection to {target}"));
        }
    }

    private static void OpenSocks(Socket socket, HostAndPort self, HostAndPort target, string? user, string password)
    {
        const byte version = 5, open = 0, byPassword = 2;
        Send(socket, user is null ? [version, 1, open] : [version, 2, open, byPassword]);
        byte[] method = Receive(socket, 2);
        if (method[0] != version)
        {
            throw Failed($"the proxy {self} does not speak SOCKS5");
        }

        if (method[1] == byPassword && user is not null)
        {
            Send(socket, [1, .. Text(user, self), .. Text(password, self)]);
            if (Receive(socket, 2)[1] != 0)
            {
                throw Failed($"the proxy {self} refuses the user or the password");
            }
        }
        else if (method[1] != open)
        {
            throw Failed(user is null ? $"the proxy {self} asks for a user and a password" : $"the proxy {self} offers no way to sign in that is known here");
        }

        Send(socket, [version, 1, 0, .. Address(target, self), (byte)(target.Port >> 8), (byte)target.Port]);
        byte[] answer = Receive(socket, 4);
        if (answer[1] != 0)
        {
            throw Failed($"the proxy {self} made no connection to {target}: {Words(answer[1])}");
        }

        // The address that it speaks from, and the port.
        Receive(socket, 2 + answer[3] switch { 1 => 4, 4 => 16, _ => Receive(socket, 1)[0] });
    }

    private static byte[] Address(HostAndPort target, HostAndPort self) => IPAddress.TryParse(target.Host, out IPAddress? address)
        ? [address.AddressFamily == AddressFamily.InterNetwork ? (byte)1 : (byte)4, .. address.GetAddressBytes()]
        : [3, .. Text(target.Host, self)];

    private static byte[] Text(string text, HostAndPort self) => Encoding.UTF8.GetBytes(text) is { Length: <= 255 } bytes
        ? [(byte)bytes.Length, .. bytes]
        : throw Failed($"the proxy {self}: a name, user or password has more than 255 bytes");

    private static string Words(byte reply) => reply switch
    {
        2 => "not allowed",
        3 => "the network is not reachable",
        4 => "the host does not resolve or is not reachable",
        5 => "refused",
        6 => "no answer",
        _ => string.Create(CultureInfo.InvariantCulture, $"reply {reply}"),
    };

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    private static byte[] Receive(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        for (int read = 0; read < count;)
        {
            int more = socket.Receive(bytes.AsSpan(read));
            read += more > 0 ? more : throw new SocketException((int)SocketError.ConnectionReset);
        }

        return bytes;
    }

    private static SendFailedException Failed(string words) => new(words, mayHaveArrived: false);
}
