using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Alerting;

/// <summary>The labels of an alert, sorted by name, and what they hash to: the identity of the alert, equal to Alertmanager's fingerprint.</summary>
internal sealed class AlertLabels : IReadOnlyDictionary<string, string>, IEquatable<AlertLabels>
{
    public const string AlertName = "alertname", Severity = "severity", Service = "mcp_service", Dependency = "dependency", Operation = "operation",
        OperationType = "operation_type", Channel = "channel";

    private readonly KeyValuePair<string, string>[] _sorted;

    /// <param name="labels">The labels; one that is empty is none, as in Prometheus.</param>
    public AlertLabels(IEnumerable<KeyValuePair<string, string>> labels)
    {
        _sorted = [.. labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Key, StringComparer.Ordinal)];
        Fingerprint = Alerting.Fingerprint.Of(_sorted);
    }

    public ulong Fingerprint { get; }

    public ReadOnlySpan<KeyValuePair<string, string>> Sorted => _sorted;

    public int Count => _sorted.Length;

    public IEnumerable<string> Keys => _sorted.Select(label => label.Key);

    public IEnumerable<string> Values => _sorted.Select(label => label.Value);

    /// <summary>Gets a value; empty where there is no such label, as matchers and <c>equal</c> of inhibitions see it.</summary>
    public string this[string key] => TryGetValue(key, out string? value) ? value : "";

    /// <summary>Leaves out a label.</summary>
    public AlertLabels Without(string name) => ContainsKey(name) ? new AlertLabels(_sorted.Where(label => label.Key != name)) : this;

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (KeyValuePair<string, string> label in _sorted)
        {
            if (label.Key == key)
            {
                value = label.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    // Pairs have no equality of their own that does not allocate.
    public bool Equals(AlertLabels? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Fingerprint != other.Fingerprint || _sorted.Length != other._sorted.Length)
        {
            return false;
        }

        for (int i = 0; i < _sorted.Length; i++)
        {
            if (_sorted[i].Key != other._sorted[i].Key || _sorted[i].Value != other._sorted[i].Value)
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as AlertLabels);

    public override int GetHashCode() => Fingerprint.GetHashCode();

    public override string ToString() => $"{{{string.Join(", ", _sorted.Select(label => $"{label.Key}=\"{label.Value}\""))}}}";

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_sorted).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
