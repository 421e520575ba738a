using System.Globalization;

namespace Mcp.Monitoring.Alerts.Grouping;

/// <summary>What the alerts of a group have in common.</summary>
internal static class GroupKey
{
    /// <summary>Picks the labels that alerts are grouped by. An alert without the dependency that it should be grouped by is grouped by its operation.</summary>
    public static AlertLabels Of(AlertLabels labels, IEnumerable<string> by)
    {
        var common = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in by)
        {
            if (labels.TryGetValue(name, out string? value))
            {
                common[name] = value;
            }
            else if (name == AlertLabels.Dependency && labels.TryGetValue(AlertLabels.Operation, out string? operation))
            {
                common[AlertLabels.Operation] = operation;
            }
        }

        return new AlertLabels(common);
    }

    /// <summary>Names one trouble of a group: the next one of the same labels is another thread.</summary>
    public static string Id(AlertLabels labels, long generation) => string.Create(CultureInfo.InvariantCulture, $"{labels.Fingerprint:x16}-{generation:x}");
}
