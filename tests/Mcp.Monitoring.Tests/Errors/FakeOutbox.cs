using Mcp.Monitoring.Errors.Sentry;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>Keeps what is left for Sentry, and makes it ready when the test says so, as the loop and the SDK's client do.</summary>
internal sealed class FakeOutbox(int capacity = 10_000) : ErrorOutbox
{
    private readonly Lock _changing = new();
    private readonly Queue<CapturedEvent> _waiting = new();
    private readonly List<FinishedTransaction> _transactions = [];
    private readonly List<LogItem> _logs = [];
    private readonly Dictionary<(DiscardReason Reason, DataCategory Category), long> _discarded = [];

    public EventFinisher? Finisher { get; set; }

    /// <summary>Gets or sets what the SDK's client would be set up with.</summary>
    public global::Sentry.SentryOptions Settings { get; set; } = new() { StackTraceMode = StackTraceMode.Original };

    /// <summary>Gets the events that were sent.</summary>
    public List<SentryEvent> Sent { get; } = [];

    /// <summary>Gets what was captured, in the order in which it was sent.</summary>
    public List<CapturedEvent> Captured { get; } = [];

    public IReadOnlyList<FinishedTransaction> Transactions => _transactions;

    public IReadOnlyList<LogItem> Logs => _logs;

    public int Flushes { get; private set; }

    public int Waiting => _waiting.Count;

    /// <summary>Gets the event that is sent next, as it was left.</summary>
    public SentryEvent Next => _waiting.Peek().Event;

    public override bool TryEnqueue(CapturedEvent item)
    {
        lock (_changing)
        {
            if (_waiting.Count == capacity)
            {
                Discarded(DiscardReason.QueueOverflow, DataCategory.Error);
                return false;
            }

            _waiting.Enqueue(item);
            return true;
        }
    }

    public override bool TryEnqueue(FinishedTransaction item)
    {
        lock (_changing)
        {
            _transactions.Add(item);
            return true;
        }
    }

    public override bool TryEnqueue(LogItem item)
    {
        lock (_changing)
        {
            _logs.Add(item);
            return true;
        }
    }

    public override void Discarded(DiscardReason reason, DataCategory category, int quantity = 1)
    {
        lock (_changing)
        {
            _discarded[(reason, category)] = Dropped(reason, category) + quantity;
        }
    }

    public long Dropped(DiscardReason reason, DataCategory category = DataCategory.Error) => _discarded.GetValueOrDefault((reason, category));

    public long DroppedErrors => _discarded.Where(drop => drop.Key.Category == DataCategory.Error).Sum(drop => drop.Value);

    public override Task<bool> FlushAsync(TimeSpan limit) => Task.FromResult(Flush(limit));

    public override bool Flush(TimeSpan limit)
    {
        Flushes++;
        Send();
        return true;
    }

    /// <summary>Sends what is waiting, for a host that runs: without the tasks that whatever test runs beside it has left unobserved.</summary>
    public IReadOnlyList<SentryEvent> SendOfHost() => [.. Send().Where(sent => sent.MechanismType != "UnobservedTaskException")];

    /// <summary>Sends what is waiting.</summary>
    public IReadOnlyList<SentryEvent> Send()
    {
        lock (_changing)
        {
            while (_waiting.TryDequeue(out CapturedEvent? next))
            {
                SentryEvent? ready = Finished(next);
                if (ready is null)
                {
                    Discarded(next.Dropped ?? DiscardReason.InternalError, DataCategory.Error);
                }
                else
                {
                    Sent.Add(ready);
                    Captured.Add(next);
                }
            }

            return Sent;
        }
    }

    private SentryEvent? Finished(CapturedEvent next)
    {
        if (next.Event.Exception is { } exception)
        {
            foreach (global::Sentry.Extensibility.ISentryEventExceptionProcessor processor in new Scope(Settings).GetAllExceptionProcessors())
            {
                processor.Process(exception, next.Event);
            }
        }

        return Finisher is { } finisher ? finisher.Finish(next, next.Event) : next.Event;
    }
}
