using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>The label sets that have been seen, of a rule's labels: what the values of expressions are lined up by.</summary>
internal sealed class LabelSetIndex
{
    /// <summary>As many as are looked at; more are series that nobody bounded.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string[]> _keys = [];
    private readonly string[] _by;

    public LabelSetIndex(IReadOnlyList<string> by)
    {
        _by = [.. by];
        if (_by.Length == 0)
        {
            IndexOf(static _ => "");
        }
    }

    public IReadOnlyList<string> By => _by;

    public int Count => _keys.Count;

    /// <summary>Gets the values of the labels, in the order of <see cref="By"/>; empty where there is none.</summary>
    public IReadOnlyList<string> KeyAt(int index) => _keys[index];

    public string Label(int index, string name)
    {
        int place = Array.IndexOf(_by, name);
        return place < 0 ? "" : _keys[index][place];
    }

    /// <returns>Where the label set of a series is, or -1 where there are too many.</returns>
    public int IndexOf(SampledSeries series) => IndexOf(series.Label);

    public int IndexOf(IReadOnlyDictionary<string, string> labels) => IndexOf(name => labels.TryGetValue(name, out string? value) ? value : "");

    /// <returns>Where a label set of another index of the same labels is here.</returns>
    public int IndexOf(IReadOnlyList<string> key) => IndexOf(name => key[Array.IndexOf(_by, name)]);

    private int IndexOf(Func<string, string> valueOf)
    {
        string[] key = [.. _by.Select(valueOf)];
        string joined = string.Join('\u0001', key);
        if (_indexes.TryGetValue(joined, out int index))
        {
            return index;
        }

        if (_keys.Count == Most)
        {
            return -1;
        }

        _keys.Add(key);
        return _indexes[joined] = _keys.Count - 1;
    }
}
