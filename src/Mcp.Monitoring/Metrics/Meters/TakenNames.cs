namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// Every name that stands on the page, so that none is there twice: of families in both formats, and of samples, since the count of a histogram <c>x</c> and a
/// gauge <c>x_count</c> are one. OpenMetrics also keeps free what a family could have, such as <c>x_created</c>.
/// </summary>
internal sealed class TakenNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="prefix">What the names of our own catalogue begin with.</param>
    public TakenNames(string prefix)
    {
        foreach (MetricDefinition own in MetricNames.All)
        {
            TryTake(own.NameWith(prefix), own.Kind);
        }
    }

    public bool TryTake(string name, MetricKind kind)
    {
        string[] wanted = NamesOf(name, kind);
        if (Has(wanted))
        {
            return false;
        }

        _taken.UnionWith(wanted);
        return true;
    }

    public bool Has(string[] names) => Array.Exists(names, _taken.Contains);

    public void Release(string name, MetricKind kind) => _taken.ExceptWith(NamesOf(name, kind));

    private static string[] NamesOf(string name, MetricKind kind) => kind switch
    {
        MetricKind.Counter => [name, name[..^"_total".Length], name[..^"_total".Length] + "_created"],
        MetricKind.Histogram => [name, name + "_bucket", name + "_sum", name + "_count", name + "_created"],
        _ => [name],
    };
}
