using System.Collections.Concurrent;
using System.Collections.Frozen;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Registry;

/// <summary>Keeps labels whose values are not a closed list to a number of distinct values each, whichever metric brings them, and each value to a length.</summary>
internal sealed class OpenLabels(int cap)
{
    private static readonly FrozenSet<string> Names =
        FrozenSet.ToFrozenSet(["operation", "dependency", "client", "route", "queue", "cache", "check", "owner", "alertname"], StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);

    public int Cap => cap;

    /// <summary>Gets or sets who counts a value that became <c>_other</c>, by metric; set once, by the registry.</summary>
    public Action<string>? Limited { get; set; }

    public string Admit(MetricDefinition metric, string label, string value)
    {
        value = WellFormedText.Of(value);
        if (!Names.Contains(label) || value is OperationLabels.Other or OperationLabels.Unknown or OperationLabels.Unmatched or OperationLabels.None)
        {
            return value;
        }

        HashSet<string> known = _values.GetOrAdd(label, static _ => new HashSet<string>(StringComparer.Ordinal));
        lock (known)
        {
            if (known.Contains(value) || (value.Length <= OperationCatalog.LongestName && known.Count < cap && known.Add(value)))
            {
                return value;
            }
        }

        Limited?.Invoke(metric.Name);
        return OperationLabels.Other;
    }
}
