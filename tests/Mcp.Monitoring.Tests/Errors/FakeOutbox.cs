using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Errors.Capture;
using Mcp.Monitoring.Errors.Delivery;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>Keeps what is left for Sentry, and makes it ready when the test says so, as the thread that sends does.</summary>
internal sealed class FakeOutbox(int capacity = 10_000) : SentryOutbox
{
    private readonly Lock _changing = new();
    private readonly Queue<SentryEvent> _waiting = new();
    private readonly List<SentryTransaction> _transactions = [];
    private readonly List<SentryLog> _logs = [];
    private readonly Dictionary<(DiscardReason Reason, DataCategory Category), long> _discarded = [];

    public EventPreparation? Preparation { get; set; }

    /// <summary>Gets the events that were sent.</summary>
    public List<SentryEvent> Sent { get; } = [];

    public IReadOnlyList<SentryTransaction> Transactions => _transactions;

    public IReadOnlyList<SentryLog> Logs => _logs;

    public int Flushes { get; private set; }

    public int Waiting => _waiting.Count;

    public override bool TryEnqueue(SentryEvent item)
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

    public override bool TryEnqueue(SentryTransaction item)
    {
        lock (_changing)
        {
            _transactions.Add(item);
            return true;
        }
    }

    public override bool TryEnqueue(SentryLog item)
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
            while (_waiting.TryDequeue(out SentryEvent? next))
            {
                DiscardReason reason = default;
                SentryEvent? ready = Preparation is { } preparation ? preparation.Prepare(next, out reason) : next;
                if (ready is null)
                {
                    Discarded(reason, DataCategory.Error);
                }
                else
                {
                    Sent.Add(ready);
                }
            }

            return Sent;
        }
    }
}
