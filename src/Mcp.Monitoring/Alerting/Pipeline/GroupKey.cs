using System.Globalization;

namespace Mcp.Monitoring.Alerting.Pipeline;

/// <summary>What the alerts of a group have in common.</summary>
internal static class GroupKey
{
    /// <summary>
    /// Picks the labels that an alert is grouped by. Where it should be grouped by its dependency and has none, it is grouped by the type of its errors, else by its
    /// operation, else by its name. What stands alone is always grouped by its name.
    /// </summary>
    public static AlertLabels Of(ActiveAlert alert, IEnumerable<string> by)
    {
        var common = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in by)
        {
            if (alert.Labels.TryGetValue(name, out string? value))
            {
                common[name] = value;
            }
            else if (name == AlertLabels.Dependency && !alert.IsStandalone)
            {
                (string instead, value) = Cause(alert);
                common[instead] = value;
            }

            if (name == AlertLabels.Dependency && alert.IsStandalone)
            {
                common[AlertLabels.AlertName] = alert.Rule;
            }
        }

        return new AlertLabels(common);
    }

    /// <summary>Tells an outage from another that goes on with errors of the same type, and began at another time.</summary>
    public static AlertLabels Apart(AlertLabels key, ActiveAlert alert) => new(
        key.Append(alert.Labels.TryGetValue(AlertLabels.Operation, out string? operation)
            ? new(AlertLabels.Operation, operation)
            : new(AlertLabels.AlertName, alert.Rule)));

    /// <summary>Names one trouble of a group: the next one of the same labels is another thread.</summary>
    public static string Id(AlertLabels labels, long generation) => string.Create(CultureInfo.InvariantCulture, $"{labels.Fingerprint:x16}-{generation:x}");

    private static (string Name, string Value) Cause(ActiveAlert alert) =>
        alert.ErrorType is { } type ? (AlertGroup.ErrorType, type)
        : alert.Labels.TryGetValue(AlertLabels.Operation, out string? operation) ? (AlertLabels.Operation, operation)
        : (AlertLabels.AlertName, alert.Rule);
}
