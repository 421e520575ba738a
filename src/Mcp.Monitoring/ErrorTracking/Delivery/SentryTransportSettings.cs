namespace Mcp.Monitoring.ErrorTracking.Delivery;

/// <summary>How much waits, and how long is tried. Sentry asks for at most 100 log items at once, and at most 1,000 in waiting.</summary>
internal sealed record SentryTransportSettings
{
    public int Events { get; init; } = 100;

    public int Transactions { get; init; } = 100;

    public int Logs { get; init; } = 1_000;

    public int LogsPerEnvelope { get; init; } = 100;

    /// <summary>Gets how long a log item waits for others.</summary>
    public TimeSpan LogPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how long the same envelope is tried again.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long a report waits for an envelope to travel with.</summary>
    public TimeSpan ReportPeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long disposal may send what still waits.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
