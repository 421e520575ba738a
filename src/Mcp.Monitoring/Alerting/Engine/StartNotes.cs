using Mcp.Monitoring.Alerting.Rules;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Says at the start who evaluates what, who tells people, and what nobody does.</summary>
internal static class StartNotes
{
    /// <param name="setup">The settings.</param>
    /// <param name="hasRemote">Whether there is a way to people.</param>
    /// <param name="takesAnswers">Whether people can answer there.</param>
    /// <param name="logger">Who hears it.</param>
    public static void Tell(AlertSetup setup, bool hasRemote, bool takesAnswers, ILogger logger)
    {
        AlertOptions options = setup.Options;
        if (options.Mode == AlertMode.Forward)
        {
            Log.AlertsAreForwarded(logger, options.Alertmanager.Urls.Count, options.Alertmanager.InstanceName, options.Alertmanager.FallbackAfter);
            return;
        }

        if (options.Mode == AlertMode.RulesOnly)
        {
            IReadOnlyList<AlertRule> all = EvaluatedRules.All(setup);
            string evaluated = string.Join(", ", all.Where(EvaluatedRules.IsSelfCheck).Select(rule => rule.Name));
            int others = all.Count(rule => !EvaluatedRules.IsSelfCheck(rule)), own = options.Rules.Count(rule => !RuleCatalogue.Has(rule.Name));
            Log.OnlySelfChecks(logger, evaluated, others, own);
        }

        if (!hasRemote)
        {
            return;
        }

        if (!takesAnswers)
        {
            Log.OnlyCodeAcknowledges(logger);
        }

        if (options.Mode == AlertMode.InProcess && Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 })
        {
            Log.EachReplicaTells(logger);
        }
    }
}
