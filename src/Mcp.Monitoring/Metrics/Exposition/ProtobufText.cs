namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>
/// What does not change from scrape to scrape, as fields of messages. A line of a single number is the labels of a metric. A histogram has as many lines as
/// in the text formats: the bound of each bucket, the labels in the place of the sum, and nothing for the count.
/// </summary>
internal sealed class ProtobufText(string prefix, string? service) : LineText(prefix, service)
{
    private const int UsualLength = 256;

    /// <param name="name">The whole name of the family.</param>
    /// <param name="type">What it is.</param>
    /// <param name="description">The text of HELP.</param>
    /// <param name="unit">The unit, or <see langword="null"/>.</param>
    public static byte[] Header(string name, MessageType type, string description, string? unit)
    {
        var fields = new ProtobufBuffer(UsualLength);
        fields.Text(MessageFields.Family.Name, name);
        fields.Text(MessageFields.Family.Help, description);
        fields.Unsigned(MessageFields.Family.Type, (ulong)type);
        if (unit is not null)
        {
            fields.Text(MessageFields.Family.Unit, unit);
        }

        return fields.Written.ToArray();
    }

    /// <summary>Writes a label into a field of the message that is written.</summary>
    public static void Label(ProtobufBuffer fields, int field, string name, string value)
    {
        int label = fields.Begin(field);
        fields.Text(MessageFields.Label.Name, name);
        fields.Text(MessageFields.Label.Value, value);
        fields.End(label);
    }

    public override void AppendHistogram(
        Builder lines, string name, ExpositionFormat format, IReadOnlyList<double> bounds, ReadOnlySpan<string> labels, ReadOnlySpan<string> values)
    {
        var bound = new ProtobufBuffer(UsualLength);
        foreach (double end in bounds.Append(double.PositiveInfinity))
        {
            bound.Clear();
            bound.Double(MessageFields.Bucket.UpperBound, end);
            lines.EndLine(bound.Written.Span);
        }

        AppendLine(lines, name, suffix: "", labels, values, le: null);
        lines.EndLine([]);
    }

    public override void AppendLine(Builder lines, string name, string suffix, ReadOnlySpan<string> labels, ReadOnlySpan<string> values, string? le)
    {
        var fields = new ProtobufBuffer(UsualLength);
        for (int i = 0; i < values.Length; i++)
        {
            Label(fields, MessageFields.Metric.Label, labels[i], values[i]);
        }

        if (Service is not null)
        {
            Label(fields, MessageFields.Metric.Label, ServiceLabel, Service);
        }

        lines.EndLine(fields.Written.Span);
    }
}
