namespace Mcp.Monitoring.Alerting.Channels.Email;

/// <summary>
/// Keeps a connection for the next message of a burst, and closes it when none comes. Whoever takes it owns it: a call that hangs has it for itself, and so has the one
/// that closes it.
/// </summary>
internal sealed class KeptConnection(TimeProvider time) : IDisposable
{
    /// <summary>How long: servers wait minutes, and count those who only wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private MailConnection? _connection;
    private ITimer? _timer;

    /// <summary>Takes the connection out, if there is one to this server that still works.</summary>
    public MailConnection? Take(MailServer server, CancellationToken cancellationToken)
    {
        if (Out() is not { } connection)
        {
            return null;
        }

        if (connection.Server == server && connection.IsAlive(cancellationToken))
        {
            return connection;
        }

        connection.Dispose();
        return null;
    }

    public void Keep(MailConnection connection)
    {
        MailConnection? other;
        lock (_gate)
        {
            other = _connection;
            _connection = connection;
            // On a starved pool it is closed later; nobody waits for that.
            _timer ??= time.CreateTimer(static kept => ((KeptConnection)kept!).Close(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Longest, Timeout.InfiniteTimeSpan);
        }

        other?.Dispose();
    }

    public void Dispose()
    {
        Out()?.Dispose();
        _timer?.Dispose();
    }

    private void Close()
    {
        if (Out() is { } connection)
        {
            using var limit = new CancellationTokenSource(LongestGoodbye, time);
            connection.Quit(limit.Token);
        }
    }

    private MailConnection? Out()
    {
        lock (_gate)
        {
            MailConnection? connection = _connection;
            _connection = null;
            return connection;
        }
    }
}
