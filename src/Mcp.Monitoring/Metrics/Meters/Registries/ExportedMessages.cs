using System.Text;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>Writes metrics of a text, exported as OpenMetrics, as messages: under the names and with the exemplars that they have there.</summary>
internal static class ExportedMessages
{
    private const string QuantileLabel = "quantile";

    public static void Write(ProtobufWriter writer, ExportedFamily family)
    {
        ExportedSample[] samples = [.. ExportedSample.Read(family.Samples)];
        switch (family.Type)
        {
            case "counter":
                Numbers(writer, family, samples, MessageType.Counter);
                break;
            case "gauge":
                Numbers(writer, family, samples, MessageType.Gauge);
                break;
            case "histogram":
                Groups(writer, family, samples, MessageType.Histogram, ExportedSample.BoundLabel, Histogram);
                break;
            case "summary":
                Groups(writer, family, samples, MessageType.Summary, QuantileLabel, Summary);
                break;
            default:
                Numbers(writer, family, samples, MessageType.Untyped);
                break;
        }
    }

    // A family of messages has one name: that of its samples, which of a counter is x_total.
    private static void Numbers(ProtobufWriter writer, ExportedFamily family, ExportedSample[] samples, MessageType type)
    {
        foreach (IGrouping<string, ExportedSample> named in samples.GroupBy(sample => sample.Name, StringComparer.Ordinal))
        {
            writer.BeginFamily(ProtobufText.Header(named.Key, type, HelpOf(family), unit: null), type);
            foreach (ExportedSample sample in named)
            {
                int metric = BeginMetric(writer.Buffer, sample, without: null);
                int number = writer.Buffer.Begin(writer.NumberField);
                writer.Buffer.Double(MessageFields.Number.Value, sample.Value);
                if (type == MessageType.Counter)
                {
                    Exemplar(writer, MessageFields.Number.Exemplar, sample.Exemplar);
                }

                writer.Buffer.End(number);
                writer.Buffer.End(metric);
            }

            writer.EndFamily();
        }
    }

    private static void Groups(
        ProtobufWriter writer, ExportedFamily family, ExportedSample[] samples, MessageType type, string own, Action<ProtobufWriter, ExportedFamily, ExportedSample[]> write)
    {
        writer.BeginFamily(ProtobufText.Header(family.Name, type, HelpOf(family), unit: null), type);
        foreach (IGrouping<string, ExportedSample> series in samples.GroupBy(sample => KeyOf(sample, own), StringComparer.Ordinal))
        {
            int metric = BeginMetric(writer.Buffer, series.First(), own);
            write(writer, family, [.. series]);
            writer.Buffer.End(metric);
        }

        writer.EndFamily();
    }

    private static void Histogram(ProtobufWriter writer, ExportedFamily family, ExportedSample[] samples)
    {
        int histogram = writer.Buffer.Begin(MessageFields.Metric.Histogram);
        writer.Buffer.Unsigned(MessageFields.Histogram.Count, (ulong)ValueOf(samples, family.Name + "_count"));
        writer.Buffer.Double(MessageFields.Histogram.Sum, ValueOf(samples, family.Name + "_sum"));
        foreach (ExportedSample sample in samples.Where(sample => sample.Name == family.Name + "_bucket"))
        {
            int bucket = writer.Buffer.Begin(MessageFields.Histogram.Bucket);
            writer.Buffer.Unsigned(MessageFields.Bucket.CumulativeCount, (ulong)sample.Value);
            writer.Buffer.Double(MessageFields.Bucket.UpperBound, sample.Bound);
            Exemplar(writer, MessageFields.Bucket.Exemplar, sample.Exemplar);
            writer.Buffer.End(bucket);
        }

        writer.Buffer.End(histogram);
    }

    private static void Summary(ProtobufWriter writer, ExportedFamily family, ExportedSample[] samples)
    {
        int summary = writer.Buffer.Begin(MessageFields.Metric.Summary);
        writer.Buffer.Unsigned(MessageFields.Summary.Count, (ulong)ValueOf(samples, family.Name + "_count"));
        writer.Buffer.Double(MessageFields.Summary.Sum, ValueOf(samples, family.Name + "_sum"));
        foreach (ExportedSample sample in samples.Where(sample => sample.Name == family.Name))
        {
            int quantile = writer.Buffer.Begin(MessageFields.Summary.Quantile);
            writer.Buffer.Double(MessageFields.Quantile.Rank, sample.NumberOf(QuantileLabel));
            writer.Buffer.Double(MessageFields.Quantile.Value, sample.Value);
            writer.Buffer.End(quantile);
        }

        writer.Buffer.End(summary);
    }

    private static void Exemplar(ProtobufWriter writer, int field, ExportedExemplar? exemplar)
    {
        if (exemplar is null)
        {
            return;
        }

        int message = writer.Buffer.Begin(field);
        foreach ((string name, string value) in exemplar.Labels)
        {
            ProtobufText.Label(writer.Buffer, MessageFields.Exemplar.Label, name, value);
        }

        writer.Buffer.Double(MessageFields.Exemplar.Value, exemplar.Value);
        if (exemplar.UnixSeconds is { } unixSeconds)
        {
            writer.Timestamp(unixSeconds);
        }

        writer.Buffer.End(message);
    }

    private static int BeginMetric(ProtobufBuffer buffer, ExportedSample sample, string? without)
    {
        int metric = buffer.Begin(MessageFields.Family.Metric);
        foreach ((string name, string value) in sample.Labels.Where(label => label.Name != without))
        {
            ProtobufText.Label(buffer, MessageFields.Metric.Label, name, value);
        }

        return metric;
    }

    // prometheus-net writes a description as it was given.
    private static string HelpOf(ExportedFamily family) => Encoding.UTF8.GetString(family.Help.Span);

    private static string KeyOf(ExportedSample sample, string without)
    {
        (string Name, string Value)[] labels = [.. sample.Labels.Where(label => label.Name != without)];
        return LabelKey.Of([.. labels.Select(label => label.Name)], [.. labels.Select(label => label.Value)]);
    }

    private static double ValueOf(ExportedSample[] samples, string name) => samples.FirstOrDefault(sample => sample.Name == name).Value;
}
