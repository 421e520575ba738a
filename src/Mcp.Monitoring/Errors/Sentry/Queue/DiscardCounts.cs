using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Mcp.Monitoring.Metrics.Registry;
using Sentry.Protocol.Envelopes;

namespace Mcp.Monitoring.Errors.Sentry.Queue;

/// <summary>What was dropped or held back: in our own counter for good, and for Sentry until it has been told. Called on any thread.</summary>
internal sealed class DiscardCounts
{
    private const string Component = "sentry";

    private static readonly int Categories = DataCategoryNames.All.Count;

    private readonly long[] _untold = new long[DiscardReasonNames.All.Count * DataCategoryNames.All.Count];
    private readonly Counter[] _dropped;

    public DiscardCounts(MetricsRegistry registry) =>
        _dropped = [.. DiscardReasonNames.All.Select(reason => registry.Dropped.With(Component, reason.Name()))];

    public bool HasAny => Array.Exists(_untold, count => Volatile.Read(ref count) > 0);

    public void Add(DiscardReason reason, Load load, bool isCountedBySentry = false)
    {
        Count(reason, load.Items);
        if (!isCountedBySentry)
        {
            Note(reason, load.Category, load.Items);
            if (load.PartCategory is { } part)
            {
                Note(reason, part, load.Parts);
            }
        }
    }

    public void Add(DiscardReason reason, DataCategory category, long quantity)
    {
        // Spans and bytes are parts of what is counted.
        if (category is not (DataCategory.Span or DataCategory.LogByte))
        {
            Count(reason, quantity);
        }

        Note(reason, category, quantity);
    }

    /// <summary>Takes what Sentry has not been told yet; whoever fails to tell it puts it back.</summary>
    public IReadOnlyList<Discarded> Take()
    {
        List<Discarded> taken = [];
        for (int i = 0; i < _untold.Length; i++)
        {
            if (Volatile.Read(ref _untold[i]) > 0)
            {
                taken.Add(new Discarded((DiscardReason)(i / Categories), (DataCategory)(i % Categories), Interlocked.Exchange(ref _untold[i], 0)));
            }
        }

        return taken;
    }

    public void PutBack(IReadOnlyList<Discarded> discards)
    {
        foreach (Discarded discard in discards)
        {
            Note(discard.Reason, discard.Category, discard.Quantity);
        }
    }

    /// <summary>The report as an item of an envelope.</summary>
    public static EnvelopeItem Report(IReadOnlyList<Discarded> discards, DateTimeOffset now)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", now.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteStartArray("discarded_events");
            foreach (Discarded discard in discards)
            {
                json.WriteStartObject();
                json.WriteString("reason", discard.Reason.NameForSentry());
                json.WriteString("category", discard.Category.Name());
                json.WriteNumber("quantity", discard.Quantity);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new EnvelopeItem(new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "client_report", ["length"] = output.WrittenCount }, new JsonPayload(output.WrittenMemory));
    }

    private void Count(DiscardReason reason, long quantity)
    {
        for (long i = 0; i < quantity; i++)
        {
            _dropped[(int)reason].Increment();
        }
    }

    private void Note(DiscardReason reason, DataCategory category, long quantity) => Interlocked.Add(ref _untold[((int)reason * Categories) + (int)category], quantity);
}
