using System.Buffers;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Makes envelopes of finished items. Runs on the sending thread: it reads symbols, and text from everywhere.</summary>
internal sealed class EnvelopeFactory(Dsn dsn, SentryIdentity identity, Func<string, string> scrub, InAppRules inApp)
{
    private const string LogType = "application/vnd.sentry.items.log+json";

    private readonly ScrubbedText _text = new(scrub);
    private readonly ProcessContexts _contexts = new(identity);

    // The trace of log items that belong to none: one for the whole process.
    private readonly string _ownTrace = Guid.NewGuid().ToString("N");

    public Envelope Of(SentryEvent item)
    {
        EnvelopeItem written = Write("event", payload => new EventPayload(payload, _contexts, inApp).Write(item));
        return new Envelope(item.EventId, Trace(item.TraceId, item.Environment, item.Release, item.Transaction, item.Sampling), written);
    }

    public Envelope Of(SentryTransaction item)
    {
        EnvelopeItem written = Write("transaction", payload => new TransactionPayload(payload, _contexts, new EventPayload(payload, _contexts, inApp)).Write(item));
        return new Envelope(item.EventId, Trace(item.TraceId, item.Environment, item.Release, item.Name, item.Sampling), written);
    }

    public Envelope Of(IReadOnlyCollection<SentryLog> logs) =>
        new(null, null, Write("log", payload => new LogPayload(payload, identity, _ownTrace).Write(logs)) with { ContentType = LogType, Count = logs.Count });

    private EnvelopeItem Write(string type, Action<PayloadWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        using (var payload = new PayloadWriter(output, _text))
        {
            write(payload);
        }

        return new EnvelopeItem(type, output.WrittenMemory);
    }

    private TraceHeader? Trace(string? id, string? environment, string? release, string? transaction, TraceSampling? sampling) =>
        SafeText.IsId(id, 32)
            ? new TraceHeader(id!, dsn.PublicKey, Known(environment, PayloadLimits.Environment), Known(release, PayloadLimits.Name), Known(transaction, PayloadLimits.Name), sampling)
            : null;

    private string? Known(string? text, int limit) => string.IsNullOrEmpty(text) ? null : _text.Line(text, limit);
}
