using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>
/// Whether alerts are judged, kept and sent. At most degraded: monitoring must never make a balancer drop a server.
/// </summary>
internal sealed class AlertingHealthCheck(Func<AlertingHealth> read) : IHealthCheck
{
    public const string Name = "alerting";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] problems = [.. read().Problems];
        return Task.FromResult(problems.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", problems)));
    }
}

/// <summary>How alerting is.</summary>
/// <param name="SinceEvaluation">How long ago rules were evaluated; since the start, before the first time.</param>
/// <param name="Interval">How often they should be.</param>
/// <param name="StoreProblem">Why nothing is kept over a restart, if so.</param>
/// <param name="Channels">The ways to people.</param>
/// <param name="Now">The time, to see for how long messages wait.</param>
internal sealed record AlertingHealth(
    TimeSpan SinceEvaluation, TimeSpan Interval, string? StoreProblem, IReadOnlyList<ChannelStatus> Channels, DateTimeOffset Now)
{
    private const int MissedEvaluations = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastStale = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Problems
    {
        get
        {
            TimeSpan stale = MissedEvaluations * Interval > LeastStale ? MissedEvaluations * Interval : LeastStale;
            if (SinceEvaluation > stale)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"no rule was evaluated for {SinceEvaluation.TotalSeconds:0} s");
            }

            if (StoreProblem is not null)
            {
                yield return StoreProblem;
            }

            foreach (ChannelStatus channel in Channels)
            {
                if (channel.IsDown)
                {
                    yield return $"channel {channel.Name} is down";
                }
                else if (channel.OldestWaiting is { } oldest && Now - oldest > LongestWait)
                {
                    yield return $"channel {channel.Name} has not sent for {(int)(Now - oldest).TotalMinutes} min";
                }
            }
        }
    }
}
