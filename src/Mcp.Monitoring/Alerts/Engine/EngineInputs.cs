using Mcp.Monitoring.Alerts.Rules;
using Mcp.Monitoring.Alerts.Storage;
using Mcp.Monitoring.Slo;
using Mcp.Monitoring.TimeSeries;
using Mcp.Monitoring.Validation;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerts.Engine;

/// <summary>What is judged: samples of the metrics, objectives, dependencies that answer. Engine's thread.</summary>
internal sealed class EngineInputs(AlertClock clock, SampleStore series, SloBook objectives, ILogger logger)
{
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);

    private readonly DependencySuccesses _successes = new(series);
    private readonly Beat _saves = new(BetweenSaves);
    private readonly HashSet<string> _toldFaults = new(StringComparer.Ordinal);
    private readonly LogDeduplicator _absent = new();
    private DateTimeOffset? _start;
    private TimeSpan _asked;

    public void Sample(TimeSpan now)
    {
        NoteClock();
        series.Sample(now);
        objectives.Sample(now, clock.UtcNow);
        foreach ((string slo, Fault fault) in objectives.Faults)
        {
            if (_toldFaults.Add(slo))
            {
                Log.ObjectiveNotJudged(logger, fault.ToString($"The objective {slo}: threshold_ms"));
            }
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
            string hint = NearestName.Ask(metric, metrics) + (rule is { Timing.NoData: NoDataMode.Fire, By.Count: > 0 } ? "With by, no_data: fire misses only what was there before: leave by out. " : "");
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
            Log.ClockJumped(logger, start - before);
        }

        _start = start;
    }

    public void Load(StoredRows rows) =>
        objectives.Load(rows.Of<StoredSloBucket>().Select(row => new SloBucket(row.Slo, row.Start, row.Length, row.Good, row.Total)));

    /// <summary>Puts what objectives have counted, if it is time; a restart costs them no more than that.</summary>
    public void SaveObjectives(StoreChanges changes, bool atOnce = false)
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
                changes.Put(row);
            }
            else
            {
                changes.Delete<StoredSloBucket>(row.Key);
            }
        }
    }

    /// <summary>Ends what code raised about dependencies that have answered since.</summary>
    public void TellSuccesses(AlertBook book)
    {
        foreach (string dependency in _successes.Take())
        {
            book.DependencySucceeded(dependency, _asked);
        }

        _asked = series.Now;
    }
}
