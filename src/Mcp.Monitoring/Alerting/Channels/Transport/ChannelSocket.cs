using System.Net;
using System.Net.Sockets;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>
/// Connections of channels, made on the caller's thread: where the thread pool has no thread left, they come about all the same. Nothing is connected to a
/// link-local address, also not where a name or a proxy leads to one.
/// </summary>
internal static class ChannelSocket
{
    // A machine that believes it has IPv6 meets addresses that never answer: while there is another one, they do not take the whole time.
    private static readonly TimeSpan WhileOthersRemain = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Connects to a host, through a proxy if there is one.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="proxy"><c>http://</c> or <c>socks5://</c>, which then resolves the name.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>A socket that blocks, without limits of time.</returns>
    /// <exception cref="SendFailedException">It did not come about; nothing has arrived.</exception>
    public static Socket Connect(string host, int port, Uri? proxy, CancellationToken stop) => Connect(host, port, proxy, Dns.GetHostAddresses, stop);

    /// <summary>The same with addresses from <paramref name="resolve"/>.</summary>
    public static Socket Connect(string host, int port, Uri? proxy, Func<string, IPAddress[]> resolve, CancellationToken stop)
    {
        var target = new HostAndPort(host, port);
        if (proxy is null)
        {
            return Direct(target, resolve, stop);
        }

        HostAddresses.RefuseLinkLocal(host);
        HostAndPort first = ProxyTunnel.AddressOf(proxy);
        Socket socket;
        try
        {
            socket = Direct(first, resolve, stop);
        }
        catch (SendFailedException fault)
        {
            throw new SendFailedException($"the proxy: {fault.Message}", mayHaveArrived: false, fault);
        }

        try
        {
            ProxyTunnel.Open(socket, proxy, target, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Direct(HostAndPort target, Func<string, IPAddress[]> resolve, CancellationToken stop)
    {
        Waited waited = Waited.FromNow();
        IReadOnlyList<IPAddress> addresses = HostAddresses.Of(target.Host, resolve, stop);
        SocketException? last = null;
        for (int i = 0; i < addresses.Count; i++)
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                Connect(socket, new IPEndPoint(addresses[i], target.Port), i < addresses.Count - 1 ? WhileOthersRemain : Longest, stop);
                return socket;
            }
            catch (SocketException fault)
            {
                socket?.Dispose();
                last = fault;
            }
            catch (OperationCanceledException fault)
            {
                socket?.Dispose();
                throw new SendFailedException(FailureWords.NoAnswer(target, waited.Time), mayHaveArrived: false, fault);
            }
        }

        throw new SendFailedException(FailureWords.NoConnection(target, last!.SocketErrorCode, waited.Time), mayHaveArrived: false, last);
    }

    private static void Connect(Socket socket, IPEndPoint address, TimeSpan limit, CancellationToken stop)
    {
        if (OperatingSystem.IsWindows())
        {
            ConnectInSteps(socket, address, limit, stop);
            return;
        }

        // Blocking from the first to the last: a socket that ever was anything else waits for its events on the thread pool, as often as not.
        socket.SendTimeout = (int)limit.TotalMilliseconds;
        using CancellationTokenRegistration cut = stop.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket);
        try
        {
            socket.Connect(address);
            socket.SendTimeout = 0;
        }
        catch (Exception fault) when (stop.IsCancellationRequested && fault is SocketException or ObjectDisposedException)
        {
            throw new OperationCanceledException("It took too long.", fault, stop);
        }
    }

    // Windows knows no limit for a connection that blocks, and makes a socket block again as if it had always done so.
    private static void ConnectInSteps(Socket socket, IPEndPoint address, TimeSpan limit, CancellationToken stop)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(address);
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            Await(socket, limit, stop);
        }

        socket.Blocking = true;
    }

    private static void Await(Socket socket, TimeSpan limit, CancellationToken stop)
    {
        Waited waited = Waited.FromNow();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            TimeSpan left = limit - waited.Time;
            if (left <= TimeSpan.Zero)
            {
                throw new SocketException((int)SocketError.TimedOut);
            }

            // A failure is told only among the errors.
            List<Socket> writable = [socket], failed = [socket];
            Socket.Select(checkRead: null, writable, failed, left < Step ? left : Step);
            if (writable.Count + failed.Count > 0)
            {
                break;
            }
        }

        if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
        {
            throw new SocketException(error);
        }
    }
}
