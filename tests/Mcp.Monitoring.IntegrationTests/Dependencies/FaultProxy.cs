using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Dependencies;

/// <summary>Stands between a client and a server on the loopback address, and does to what passes as the test says, from one moment to the next.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    // By so much a timer of the system may be early.
    private static readonly TimeSpan TickOfTimer = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _running = [];
    private readonly List<Socket> _sockets = [];
    private readonly int _target;
    private Socket? _listener;
    private volatile Fault _fault;
    private int _cut;

    public FaultProxy(int target)
    {
        _target = target;
        Port = FreePort.Find();
        Pass();
    }

    private enum Fault
    {
        None,
        Late,
        Cut,
        Silent,
        Refused,
    }

    public int Port { get; }

    /// <summary>Gets how late answers are at least, while they are.</summary>
    public static TimeSpan Latency { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets how many answers were cut off.</summary>
    public int Cuts => Volatile.Read(ref _cut);

    /// <summary>Lets everything through. Connections of which something was swallowed end: no network loses bytes and keeps the connection.</summary>
    public void Pass()
    {
        bool wasSilent = _fault == Fault.Silent;
        _fault = Fault.None;
        if (wasSilent)
        {
            EndAll();
        }

        Listen();
    }

    /// <summary>Hands answers on late.</summary>
    public void Delay() => _fault = Fault.Late;

    /// <summary>Hands half of the next answer of each connection on, and resets the connection.</summary>
    public void Cut() => _fault = Fault.Cut;

    /// <summary>Takes everything, and answers nothing.</summary>
    public void Swallow() => _fault = Fault.Silent;

    /// <summary>Ends every connection and takes no new one.</summary>
    public void Refuse()
    {
        _fault = Fault.Refused;
        Interlocked.Exchange(ref _listener, null)?.Dispose();
        EndAll();
    }

    public async ValueTask DisposeAsync()
    {
        Refuse();
        await _over.CancelAsync();
        Task[] running;
        lock (_running)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _over.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    private void EndAll()
    {
        lock (_sockets)
        {
            _sockets.ForEach(Reset);
            _sockets.Clear();
        }
    }

    private void Listen()
    {
        if (_listener is not null)
        {
            return;
        }

        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen();
        _listener = listener;
        Run(() => TakeAsync(listener));
    }

    private async Task TakeAsync(Socket listener)
    {
        while (true)
        {
            Socket client = await listener.AcceptAsync(_over.Token);
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            lock (_sockets)
            {
                _sockets.AddRange([client, server]);
            }

            Run(async () =>
            {
                await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _target), _over.Token);
                Run(() => CopyAsync(client, server, isAnswer: false));
                await CopyAsync(server, client, isAnswer: true);
            });
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isAnswer)
    {
        byte[] buffer = new byte[16_384];
        int count;
        while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, _over.Token)) > 0)
        {
            switch (_fault)
            {
                case Fault.Silent:
                    continue;
                case Fault.Late when isAnswer:
                    await Task.Delay(Latency + TickOfTimer, _over.Token);
                    break;
                case Fault.Cut when isAnswer:
                    Interlocked.Increment(ref _cut);
                    await to.SendAsync(buffer.AsMemory(0, count / 2), SocketFlags.None, _over.Token);
                    Reset(to);
                    Reset(from);
                    return;
            }

            for (int sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _over.Token);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private void Run(Func<Task> run)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await run();
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One side has left.
            }
        });
        lock (_running)
        {
            _running.Add(task);
        }
    }
}
