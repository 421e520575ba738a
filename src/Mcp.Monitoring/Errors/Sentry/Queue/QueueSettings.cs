namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>How much waits. Sentry asks for at most 100 log items at once, and at most 1,000 in waiting.</summary>
internal sealed record QueueSettings
{
    public int Events { get; init; } = 100;

    public int Transactions { get; init; } = 100;

    public int Logs { get; init; } = 1_000;

    public int LogsPerEnvelope { get; init; } = 100;

    /// <summary>Gets how long a log item waits for others.</summary>
    public TimeSpan LogPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long an exception that was logged may take until it is thrown, and has frames.</summary>
    public TimeSpan ThrowWithin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Gets how long disposal may send what still waits.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
