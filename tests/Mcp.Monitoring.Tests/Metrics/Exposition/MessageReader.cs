using System.Buffers.Binary;
using System.Text;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>Reads a page in the protobuf format, by the numbers of metrics.proto; whatever is not as it stands there is a failure.</summary>
internal static class MessageReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<MessageFamily> Families(ReadOnlyMemory<byte> page)
    {
        var families = new List<MessageFamily>();
        while (page.Length > 0)
        {
            int length = (int)Varint(ref page);
            families.Add(Family(Fields(page[..length])));
            page = page[length..];
        }

        Assert.Equal(families.Count, families.Select(family => family.Name).Distinct(StringComparer.Ordinal).Count());
        return families;
    }

    private static MessageFamily Family(List<Field> fields)
    {
        Only(fields, 1, 2, 3, 4, 5);
        var type = (MessageFamilyType)One(fields, 3).Number;
        MessageMetric[] metrics = [.. fields.Where(field => field.Id == 4).Select(field => Metric(Fields(field.Bytes), type))];
        Assert.NotEmpty(metrics);
        return new MessageFamily(Text(One(fields, 1)), Text(One(fields, 2)), type, fields.Any(field => field.Id == 5) ? Text(One(fields, 5)) : null, metrics);
    }

    private static MessageMetric Metric(List<Field> fields, MessageFamilyType type)
    {
        int valueField = type switch
        {
            MessageFamilyType.Gauge => 2,
            MessageFamilyType.Counter => 3,
            MessageFamilyType.Summary => 4,
            MessageFamilyType.Untyped => 5,
            _ => 7,
        };
        Only(fields, 1, valueField);
        (string Name, string Value)[] labels = Labels(fields, 1);
        Assert.Equal(labels.Length, labels.Select(label => label.Name).Distinct(StringComparer.Ordinal).Count());
        List<Field> value = Fields(One(fields, valueField).Bytes);
        switch (type)
        {
            case MessageFamilyType.Histogram:
                return new MessageMetric(labels) { Histogram = Histogram(value) };
            case MessageFamilyType.Summary:
                Only(value, 1, 2, 3);
                return new MessageMetric(labels)
                {
                    Summary = new MessageSummary(
                        One(value, 1).Number,
                        One(value, 2).Double,
                        [.. value.Where(field => field.Id == 3).Select(field => Fields(field.Bytes)).Select(quantile => (One(quantile, 1).Double, One(quantile, 2).Double))]),
                };
            default:
                Only(value, type == MessageFamilyType.Counter ? [1, 2] : [1]);
                return new MessageMetric(labels) { Value = One(value, 1).Double, Exemplar = Exemplar(value, 2) };
        }
    }

    private static MessageHistogram Histogram(List<Field> fields)
    {
        Only(fields, 1, 2, 3, 5, 6, 7, 12, 13);
        MessageBucket[] buckets = [.. fields.Where(field => field.Id == 3).Select(field => Bucket(Fields(field.Bytes)))];
        return new MessageHistogram(One(fields, 1).Number, One(fields, 2).Double, buckets, fields.Any(field => field.Id is not (1 or 2 or 3)) ? Native(fields) : null);
    }

    private static MessageBucket Bucket(List<Field> fields)
    {
        Only(fields, 1, 2, 3);
        return new MessageBucket(One(fields, 2).Double, One(fields, 1).Number, Exemplar(fields, 3));
    }

    private static MessageNative Native(List<Field> fields)
    {
        var counts = new SortedDictionary<int, long>();
        var deltas = new Queue<long>(fields.Where(field => field.Id == 13).Select(field => Signed(field.Number)));
        long index = 0;
        long count = 0;
        foreach (List<Field> span in fields.Where(field => field.Id == 12).Select(field => Fields(field.Bytes)))
        {
            Only(span, 1, 2);
            index += Signed(One(span, 1).Number);
            for (ulong i = 0; i < One(span, 2).Number; i++)
            {
                count += deltas.Dequeue();
                Assert.True(count >= 0, $"Bucket {index} holds {count}.");
                counts.Add((int)index++, count);
            }
        }

        Assert.Empty(deltas);
        return new MessageNative((int)Signed(One(fields, 5).Number), One(fields, 6).Double, One(fields, 7).Number, counts);
    }

    private static ParsedExemplar? Exemplar(List<Field> fields, int id)
    {
        if (fields.TrueForAll(field => field.Id != id))
        {
            return null;
        }

        List<Field> exemplar = Fields(One(fields, id).Bytes);
        Only(exemplar, 1, 2, 3);
        List<Field> timestamp = Fields(One(exemplar, 3).Bytes);
        return new ParsedExemplar(Labels(exemplar, 1), One(exemplar, 2).Double, One(timestamp, 1).Number + (One(timestamp, 2).Number / 1e9));
    }

    private static (string Name, string Value)[] Labels(List<Field> fields, int id) =>
        [.. fields.Where(field => field.Id == id).Select(field => Fields(field.Bytes)).Select(label => (Text(One(label, 1)), Text(One(label, 2))))];

    private static List<Field> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<Field>();
        while (message.Length > 0)
        {
            ulong tag = Varint(ref message);
            int id = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add(new Field(id, Number: Varint(ref message)));
                    break;
                case 1:
                    fields.Add(new Field(id, Double: BinaryPrimitives.ReadDoubleLittleEndian(message.Span)));
                    message = message[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref message);
                    fields.Add(new Field(id, Bytes: message[..length]));
                    message = message[length..];
                    break;
                default:
                    Assert.Fail($"Field {id} has the wire type {tag & 7}.");
                    break;
            }
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        for (int i = 0; ; i++)
        {
            byte next = message.Span[i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                Assert.False(next == 0 && i > 0, "A number has zeros before it.");
                message = message[(i + 1)..];
                return value;
            }
        }
    }

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static string Text(Field field) => Strict.GetString(field.Bytes.Span);

    private static Field One(List<Field> fields, int id) => Assert.Single(fields, field => field.Id == id);

    private static void Only(List<Field> fields, params int[] known) => Assert.All(fields, field => Assert.Contains(field.Id, known));

    private sealed record Field(int Id, ulong Number = 0, double Double = 0, ReadOnlyMemory<byte> Bytes = default);
}
