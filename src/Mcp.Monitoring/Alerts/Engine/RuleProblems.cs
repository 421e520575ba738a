using Mcp.Monitoring.Alerts.Rules;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerts.Engine;

/// <summary>What goes wrong with rules is counted and logged.</summary>
internal sealed class RuleProblems(InternalErrors errors, ILogger logger) : IRuleProblems
{
    public void Failed(string what, Exception fault) => errors.Report(InternalErrors.Alerting, fault);

    public void Disabled(string rule, string problem) => Log.RuleDisabled(logger, rule, problem);
}
