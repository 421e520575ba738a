using Mcp.Monitoring.Alerting.Rules.Episodes;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>An instance of a rule, with what is followed of it while it is looked at.</summary>
/// <param name="instance">The instance.</param>
/// <param name="rule">Its rule.</param>
internal sealed class CompiledInstance(RuleInstance instance, AlertRule rule)
{
    private readonly FailureWatch?[] _watches = [.. rule.Levels.Select(level => level.Calls is null ? null : new FailureWatch(level))];

    public RuleInstance Instance => instance;

    /// <summary>Goes on with an alert of a former run, or of the rule as it was before a reload.</summary>
    public void Restore(ActiveAlert alert, TimeSpan unobserved)
    {
        instance.Restore(alert, unobserved);
        foreach (FailureWatch? watch in _watches)
        {
            watch?.Restore(alert);
        }
    }

    /// <summary>Takes note that its alert is over.</summary>
    public void End(ReadOnlySpan<CompiledLevel> levels, int index)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            _watches[i]?.End(levels[i].Outcomes!.At(index));
        }
    }

    public void Read(ReadOnlySpan<CompiledLevel> levels, EvaluationContext context, int index, Span<LevelReading> readings)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            readings[i] = levels[i].Read(context, index, _watches[i], instance.IsActive);
        }
    }
}
