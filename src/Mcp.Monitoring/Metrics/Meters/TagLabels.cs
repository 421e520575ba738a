namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>The labels that the tags of a measurement become, in the order of their names; two sets of tags with the same labels are one series.</summary>
internal sealed class TagLabels
{
    private const string ServiceLabel = "mcp_service";
    private const string BucketLabel = "le";
    private const string Renamed = "exported_";

    private TagLabels(string[] names, string[] values)
    {
        Names = names;
        Values = values;
        Key = LabelKey.Of(names, values);
    }

    /// <summary>Gets the label of the series that takes what comes past the cap (OpenTelemetry, "Metrics SDK", cardinality limits).</summary>
    public static TagLabels Overflow { get; } = new(["otel_metric_overflow"], ["true"]);

    public string[] Names { get; }

    public string[] Values { get; }

    /// <summary>Gets all of it as one text, empty without labels.</summary>
    public string Key { get; }

    public static TagLabels Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, MetricKind kind)
    {
        (string Key, string Label, string Value)[] all = new (string, string, string)[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            string key = tags[i].Key ?? "";
            all[i] = (key, LabelOf(key, kind), TagValue.Text(tags[i].Value));
        }

        // For Prometheus an empty label is none. Keys that became one label share it, in the order of the keys.
        (string Label, string Value)[] labels =
        [
            .. all.Where(tag => tag.Value.Length > 0)
                .OrderBy(tag => tag.Label, StringComparer.Ordinal)
                .ThenBy(tag => tag.Key, StringComparer.Ordinal)
                .ThenBy(tag => tag.Value, StringComparer.Ordinal)
                .GroupBy(tag => tag.Label, tag => tag.Value, StringComparer.Ordinal)
                .Select(group => (group.Key, TagValue.Bounded(string.Join(';', group)))),
        ];
        return new TagLabels([.. labels.Select(label => label.Label)], [.. labels.Select(label => label.Value)]);
    }

    private static string LabelOf(string key, MetricKind kind)
    {
        string label = PrometheusName.WithLetterFirst(PrometheusName.Sanitize(key));
        return label is ServiceLabel || (label is BucketLabel && kind == MetricKind.Histogram) ? Renamed + label : label;
    }
}
