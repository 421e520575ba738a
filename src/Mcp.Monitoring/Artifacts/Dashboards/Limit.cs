using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>A limit that a panel draws.</summary>
/// <param name="Name">Who judges by it: an alert, or an objective.</param>
/// <param name="Severity">How much it matters; <see langword="null"/> of an objective.</param>
/// <param name="Value">The limit.</param>
/// <param name="IsLowBad">Whether what is below is bad.</param>
internal sealed record Limit(string Name, AlertSeverity? Severity, double Value, bool IsLowBad = false)
{
    /// <summary>Gets where the colour changes: what is judged only above 0 is bad from 1 on, for it is counted.</summary>
    public double Step => Value == 0 ? 1 : Value;

    public string Color => Palette.Of(Severity);
}

/// <summary>The limits of the alerts. One that is off draws none.</summary>
internal sealed class RuleLimits(IReadOnlyList<AlertRule> rules)
{
    /// <summary>Gets the limit of one level of a rule.</summary>
    public IReadOnlyList<Limit> Of(string rule, int level = 0)
    {
        AlertRule found = Find(rule);
        RuleLevel judged = found.Levels[level];
        return found.IsEnabled
            ? [new Limit(found.Name, judged.Severity, double.Parse(judged.Limit.ToPromQL([]), CultureInfo.InvariantCulture), found.LowIsBad)]
            : [];
    }

    /// <summary>Gets over which time a rule judges.</summary>
    public TimeSpan WindowOf(string rule) => Find(rule).Levels[0].Window;

    private AlertRule Find(string rule) => rules.First(known => known.Name == rule);
}
