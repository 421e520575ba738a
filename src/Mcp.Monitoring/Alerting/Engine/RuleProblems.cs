using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What goes wrong with rules is counted and logged.</summary>
internal sealed class RuleProblems(InternalErrors errors, ILogger logger) : IRuleProblems
{
    private readonly LogDeduplicator _told = new();

    public void Failed(string what, Exception fault) => errors.Report(InternalErrors.Alerting, fault);

    public void Disabled(string rule, string problem)
    {
        // Each reload has the rules found out anew.
        if (_told.IsNew(KeyOf(rule, problem)))
        {
            Log.RuleDisabled(logger, rule, problem);
        }
    }

    /// <summary>Forgets the problems of rules that have none now; engine's thread.</summary>
    public void Keep(IEnumerable<RuleStatus> rules) => _told.Keep(rules.Select(rule => KeyOf(rule.Rule.Name, rule.Disabled)));

    private static string KeyOf(string rule, string? problem) => $"{rule}: {problem}";
}
