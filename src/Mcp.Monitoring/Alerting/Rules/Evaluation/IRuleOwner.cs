using Mcp.Monitoring.Alerting.Rules.Episodes;

namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Who makes the alerts of rules and is told of them.</summary>
internal interface IRuleOwner
{
    /// <summary>Makes the alert of a new episode.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="index">Which of its instances.</param>
    /// <param name="level">The level that begins it.</param>
    /// <param name="startedAt">When what it tells of began.</param>
    ActiveAlert Create(CompiledRule rule, int index, int level, TimeSpan startedAt);

    /// <summary>Has an alert described as it is now.</summary>
    void Attach(CompiledRule rule, int index, ActiveAlert alert);

    /// <summary>Takes note of what there is to say of an alert that has never been worse.</summary>
    void Peaked(ActiveAlert alert);

    void Changed(EpisodeChange change, ActiveAlert alert);
}
