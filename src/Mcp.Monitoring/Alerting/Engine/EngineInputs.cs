using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Infrastructure.Timing;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Sampling;
using Mcp.Monitoring.Slo;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What is judged: samples of the metrics, objectives, dependencies that answer. Engine's thread.</summary>
/// <param name="clock">The clock.</param>
/// <param name="series">The samples.</param>
/// <param name="objectives">The objectives.</param>
/// <param name="probe">Asks the thread pool.</param>
/// <param name="limitOf">Names the setting that an objective of latency has its limit from.</param>
/// <param name="logger">Who hears of what cannot be judged.</param>
internal sealed class EngineInputs(AlertClock clock, SampleStore series, SloTracker objectives, ThreadPoolProbe probe, Func<string, string> limitOf, ILogger logger)
{
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenJumps = TimeSpan.FromMinutes(10);

    private readonly DependencySuccesses _successes = new(series);
    private readonly Interval _saves = new(BetweenSaves);
    private readonly LogDeduplicator _unjudged = new();
    private readonly LogDeduplicator _absent = new();
    private DateTimeOffset? _start;
    private TimeSpan _nextJump;
    private TimeSpan _asked;

    public void Sample(TimeSpan now)
    {
        NoteClock();
        probe.Probe();
        series.Sample(now);
        objectives.Sample(now, clock.UtcNow);
        TellFaults();
    }

    // Once for each value that cannot be judged, and again if it comes back.
    private void TellFaults()
    {
        (string Slo, string Text)[] faults = [.. objectives.Faults.Select(faulty => (faulty.Slo, faulty.Fault.ToString(limitOf(faulty.Slo))))];
        _unjudged.Keep(faults.Select(fault => fault.Text));
        foreach ((string slo, string text) in faults.Where(fault => _unjudged.IsNew(fault.Text)))
        {
            Log.ObjectiveNotJudged(logger, text, slo);
        }
    }

    /// <summary>Names the rules of the user's own whose metric nobody has: one that is misspelt tells nobody.</summary>
    public void WarnOfAbsent(IEnumerable<RuleStatus> rules)
    {
        string[] metrics = [.. series.Metrics.Distinct(StringComparer.Ordinal)];
        AlertRule[] absent =
        [
            .. rules.Where(status => status is { Disabled: null, Rule.Requirement: { } requirement } && series.Of(requirement.Metric).IsEmpty && !metrics.Contains(requirement.Metric, StringComparer.Ordinal))
                .Select(status => status.Rule),
        ];
        foreach (AlertRule rule in absent.Where(rule => _absent.IsNew(KeyOf(rule))))
        {
            string metric = rule.Requirement!.Metric;
            string hint = NearestName.Suggest(metric, metrics) + (rule is { Timing.NoData: NoDataMode.Fire, By.Count: > 0 } ? "With by, no_data: fire misses only what was there before: leave by out. " : "");
            Log.NothingToJudge(logger, rule.Name, metric, hint);
        }

        _absent.Keep(absent.Select(KeyOf));
    }

    private static string KeyOf(AlertRule rule) => $"{rule.Name} {rule.Requirement?.Metric}";

    // What is judged does not care; whoever compares times of messages and logs does.
    private void NoteClock()
    {
        DateTimeOffset start = clock.UtcNow - clock.Now;
        if (_start is { } before && (start - before).Duration() > Jump)
        {
            // What comes within that time is told with the next.
            if (clock.Now < _nextJump)
            {
                return;
            }

            _nextJump = clock.Now + BetweenJumps;
            Log.ClockJumped(logger, start - before);
        }

        _start = start;
    }

    public void Load(StateRows rows) =>
        objectives.Load(rows.Of(StoredSloBucket.Table).Select(row => new SloBucket(row.Slo, row.Start, row.Length, row.Good, row.Total)));

    /// <summary>Puts what objectives have counted, if it is time; a restart costs them no more than that.</summary>
    public void SaveObjectives(StateChanges changes, bool atOnce = false)
    {
        if (!_saves.IsDue(clock.Now) && !atOnce)
        {
            return;
        }

        foreach (SloBucket bucket in objectives.TakeChanged())
        {
            var row = new StoredSloBucket(bucket.Indicator, bucket.Start, bucket.Length, bucket.Good, bucket.Total);
            if (bucket.Total > 0)
            {
                changes.Put(StoredSloBucket.Table, row);
            }
            else
            {
                changes.Delete(StoredSloBucket.Table, row.Key);
            }
        }
    }

    /// <summary>Ends what code raised about dependencies that have answered since.</summary>
    public void TellSuccesses(AlertPipeline pipeline)
    {
        foreach (string dependency in _successes.Take())
        {
            pipeline.DependencySucceeded(dependency, _asked);
        }

        _asked = series.Now;
    }
}
