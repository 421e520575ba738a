using Mcp.Monitoring.Alerts.Rules.Episodes;

namespace Mcp.Monitoring.Alerts.Rules.Evaluation;

/// <summary>Who makes the alerts of rules and is told of them.</summary>
internal interface IRuleOwner
{
    /// <summary>Makes the alert of a new episode.</summary>
    ActiveAlert Create(CompiledRule rule, int index);

    /// <summary>Has an alert described as it is now.</summary>
    void Attach(CompiledRule rule, int index, ActiveAlert alert);

    void Changed(EpisodeChange change, ActiveAlert alert);
}
