namespace Mcp.Monitoring.Alerting.Rules.Episodes;

/// <summary>Keeps the worst value of an episode: of its most severe level, for values of different levels are of different kinds.</summary>
internal sealed class WorstValue(AlertRule rule)
{
    private int _level;

    /// <summary>Begins with an alert that has no value, or the one of a former run.</summary>
    public void Restore(int level) => _level = level;

    /// <summary>Takes the value of an alert that goes on; of those that are equally bad, the latest tells the most.</summary>
    public void Take(ActiveAlert alert, int level, TimeSpan now)
    {
        bool isWorse = double.IsNaN(alert.Peak) || (level == _level
            ? (rule.LowIsBad ? alert.Value <= alert.Peak : alert.Value >= alert.Peak)
            : Rank(level).CompareTo(Rank(_level)) > 0);
        if (isWorse)
        {
            _level = level;
            alert.Peak = alert.Value;
            alert.PeakAt = now;
        }
    }

    private (AlertSeverity Severity, bool IsStreak) Rank(int level) => (rule.Levels[level].Severity, rule.Levels[level].Streak is not null);
}
