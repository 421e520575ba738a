namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>How long to wait before another attempt: twice as long each time, from a second to half a minute, and not with everyone else at once.</summary>
internal static class RetryDelay
{
    private const double Longest = 20;
    private const int MostDoublings = 10;

    /// <param name="attempt">The attempts that failed before this wait, from 0.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan Of(int attempt, double chance) =>
        TimeSpan.FromSeconds(Math.Min(Longest, Math.Pow(2, Math.Min(attempt, MostDoublings))) * (1 + (chance / 2)));
}
