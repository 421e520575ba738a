using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;
using Sentry.Protocol.Envelopes;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>Sends through a client of this host alone: no hub and nothing static, so that another host in the process sends elsewhere and goes on.</summary>
internal sealed class OwnClient : IErrorSink
{
    private readonly global::Sentry.SentryOptions _settings;
    private readonly EventFinisher _finisher;
    private readonly ScrubbedText _text;
    private readonly SentryIdentity _identity;
    private readonly RetryingTransport _transport;
    private readonly InFlight _inFlight;
    private readonly DiscardCounts _discards;
    private readonly CancellationToken _stop;
    private readonly bool _isCached;
    private readonly string _publicKey;
    private readonly SentryClient _client;
    private readonly TransactionWriter _transactions;

    /// <param name="settings">Whose transport this sets.</param>
    /// <param name="finisher">What is done to events before they are written.</param>
    /// <param name="text">What takes secrets out of everything else.</param>
    /// <param name="identity">Who sends.</param>
    /// <param name="createTransport">Makes the transport.</param>
    /// <param name="discards">Counts what is dropped.</param>
    /// <param name="publicKey">The public key of the project.</param>
    /// <param name="stop">Ends what waits.</param>
    public OwnClient(
        global::Sentry.SentryOptions settings, EventFinisher finisher, ScrubbedText text, SentryIdentity identity, Func<InFlight, RetryingTransport> createTransport, DiscardCounts discards,
        string publicKey, CancellationToken stop)
    {
        _settings = settings;
        _finisher = finisher;
        _text = text;
        _identity = identity;
        _discards = discards;
        _publicKey = publicKey;
        _stop = stop;
        _isCached = settings.CacheDirectoryPath is not null;

        // One at a time, or what would have to wait in the cache.
        _inFlight = new InFlight(_isCached ? ClientSettings.MostCached / 2 : 1);
        settings.Transport = _transport = createTransport(_inFlight);
        _client = new SentryClient(settings);
        _transactions = new TransactionWriter(text, identity);
    }

    public bool IsIdle => _inFlight.IsEmpty;

    public void Send(CapturedEvent captured)
    {
        SentryEvent sentryEvent = captured.Event;
        var scope = new Scope(_settings);
        scope.AddEventProcessor(one => _finisher.Finish(captured, one)!);
        HandOver(
            sentryEvent.EventId.ToString(),
            Load.Of(captured),
            Trace(captured.Trace.TraceId, sentryEvent.TransactionName, captured.Sampling),
            () => _client.CaptureEvent(sentryEvent, scope) != SentryId.Empty,
            () => captured.Dropped ?? DiscardReason.InternalError);
    }

    public void Send(FinishedTransaction transaction)
    {
        SentryTransaction written = _transactions.Write(transaction);
        HandOver(
            written.EventId.ToString(),
            Load.Of(transaction),
            Trace(transaction.TraceId, transaction.Name, transaction.Sampling),
            () =>
            {
                var scope = new Scope(_settings);
                string? user = written.User.Id;
                scope.AddTransactionProcessor(one =>
                {
                    // The client puts an id of the machine in its place.
                    one.User.Id = user;
                    return one;
                });
                _client.CaptureTransaction(written, scope, hint: null);
                return true;
            },
            static () => DiscardReason.InternalError);
    }

    public void Send(IReadOnlyList<LogItem> logs)
    {
        Envelope envelope = LogPayload.Envelope(logs, _text, _identity);
        HandOver(id: null, Load.Of(logs), trace: null, () => _client.CaptureEnvelope(envelope), static () => DiscardReason.QueueOverflow);
    }

    public void Hurry() => _transport.Hurry();

    public void Flush(TimeSpan limit)
    {
        if (_discards.HasAny && !_isCached)
        {
            // What was dropped is told with the next envelope, or else with an empty one.
            HandOver(id: null, default, trace: null, () => _client.CaptureEnvelope(new Envelope(new Dictionary<string, object?>(StringComparer.Ordinal), [])), static () => default);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _transport.Dispose();
        if (!_isCached)
        {
            _inFlight.TryLeave(id: null, known => Count(DiscardReason.NetworkError, known));
        }
    }

    private void HandOver(string? id, Load load, TraceHeader? trace, Func<bool> send, Func<DiscardReason> reason)
    {
        _stop.ThrowIfCancellationRequested();
        _inFlight.Enter(id, load, trace);
        if (!send())
        {
            _inFlight.TryLeave(id, known => Count(reason(), known));
            return;
        }

        try
        {
            _inFlight.WaitForRoom(_stop);
        }
        catch (OperationCanceledException)
        {
            // What has not come out by then is counted at the end.
        }
    }

    private void Count(DiscardReason reason, InFlight.Pending? known)
    {
        if (known is { Load.Items: > 0 })
        {
            _discards.Add(reason, known.Load);
        }
    }

    private TraceHeader? Trace(string? id, string? transaction, TraceSampling? sampling) =>
        SafeText.IsId(id, 32)
            ? new TraceHeader(id!, _publicKey, _identity.Environment, _identity.Release, string.IsNullOrEmpty(transaction) ? null : _text.Line(transaction, PayloadLimits.Name), sampling)
            : null;
}
