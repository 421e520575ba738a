using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline.Forwarding;
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
        AlertingHealth health = read();
        string description = string.Join(". ", health.Sentences);
        return Task.FromResult(health.HasProblem ? HealthCheckResult.Degraded(description) : HealthCheckResult.Healthy(description));
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
    private static readonly TimeSpan LeastStale = TimeSpan.FromMinutes(1);

    /// <summary>Gets how the members of Alertmanager are, where it tells people.</summary>
    public ForwardingHealth? Forwarding { get; init; }

    public bool HasProblem => IsStale || StoreProblem is not null || Forwarding is { Problems.Count: > 0 } || Channels.Any(channel => channel.IsDown || ChannelWords.IsStuck(channel, Now));

    /// <summary>Gets how it is in words: what is wrong first, then each channel.</summary>
    public IEnumerable<string> Sentences
    {
        get
        {
            if (IsStale)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"no rule was evaluated for {SinceEvaluation.TotalSeconds:0} s");
            }

            if (StoreProblem is not null)
            {
                yield return StoreProblem;
            }

            foreach (string member in Forwarding?.Sentences ?? [])
            {
                yield return member;
            }

            foreach (ChannelStatus channel in Channels.OrderBy(channel => !channel.IsDown).ThenBy(channel => !ChannelWords.IsStuck(channel, Now)))
            {
                yield return ChannelWords.Of(channel, Now);
            }
        }
    }

    private bool IsStale => SinceEvaluation > (MissedEvaluations * Interval > LeastStale ? MissedEvaluations * Interval : LeastStale);
}
