using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>
/// What Npgsql's own meter tells of its connection pools, asked for when metrics are read. It is called where a caller begins or ends to wait for a connection, and for no query.
/// </summary>
internal sealed class NpgsqlPools(Action<Exception> report) : IDisposable
{
    private const string Npgsql = "Npgsql";

    // The data sources of a host; a program that makes one for each tenant has no more of them told.
    private const int MostPools = 1_000;

    private readonly ConcurrentDictionary<string, Pool> _pools = new(StringComparer.Ordinal);
    private readonly Lock _asking = new();
    private MeterListener? _listener;
    private int _answer;

    /// <summary>Says whether a connection or a data source is one of Npgsql.</summary>
    public static bool Knows(object provided) => provided.GetType().Namespace == Npgsql;

    public void Start()
    {
        if (_listener is not null)
        {
            return;
        }

        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == Npgsql && KindOf(instrument) is { } kind)
                {
                    listener.EnableMeasurementEvents(instrument, kind);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, kind) => Told((Kind)kind!, value, tags));
        if (Interlocked.CompareExchange(ref _listener, listener, comparand: null) is null)
        {
            listener.Start();
        }
        else
        {
            listener.Dispose();
        }
    }

    /// <summary>Adds up what is now true of some pools.</summary>
    /// <returns><see cref="double.NaN"/> if none of them is there.</returns>
    public double Sum(IEnumerable<string> names, Func<Pool, int> pick)
    {
        lock (_asking)
        {
            Ask();
            int? sum = null;
            foreach (string name in names)
            {
                if (_pools.TryGetValue(name, out Pool? pool) && pool.Answer == _answer)
                {
                    sum = (sum ?? 0) + pick(pool);
                }
            }

            return sum ?? double.NaN;
        }
    }

    public void Dispose() => _listener?.Dispose();

    // The names before Npgsql 10, and those since.
    private static object? KindOf(Instrument instrument) => instrument.Name switch
    {
        "db.client.connection.count" or "db.client.connections.usage" => Kind.Connections,
        "db.client.connection.max" or "db.client.connections.max" => Kind.Most,
        "db.client.connection.npgsql.pending_requests" or "db.client.connections.pending_requests" => Kind.Waiting,
        _ => null,
    };

    private void Ask()
    {
        _answer++;
        try
        {
            _listener?.RecordObservableInstruments();
        }
        catch (Exception fault)
        {
            report(fault);
        }
    }

    private void Told(Kind kind, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? name = null, state = null;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            switch (tag.Key)
            {
                case "db.client.connection.pool.name" or "pool.name":
                    name = tag.Value as string;
                    break;
                case "db.client.connection.state" or "state":
                    state = tag.Value as string;
                    break;
            }
        }

        if (name is null || PoolOf(name) is not { } pool)
        {
            return;
        }

        switch (kind)
        {
            case Kind.Waiting:
                pool.Waits(value);
                break;
            case Kind.Most:
                pool.Tell(_answer).Most += value;
                break;
            case Kind.Connections when state == "idle":
                pool.Tell(_answer).Idle += value;
                break;
            case Kind.Connections when state == "used":
                pool.Tell(_answer).Used += value;
                break;
        }
    }

    private Pool? PoolOf(string name) =>
        _pools.TryGetValue(name, out Pool? known) ? known : _pools.Count < MostPools ? _pools.GetOrAdd(name, static _ => new Pool()) : null;

    private enum Kind
    {
        Connections,
        Most,
        Waiting,
    }

    /// <summary>The pools of one name: data sources made of the same text share it.</summary>
    internal sealed class Pool
    {
        private int _waiting;

        public int Idle { get; set; }

        public int Used { get; set; }

        public int Most { get; set; }

        public int Waiting => Volatile.Read(ref _waiting);

        /// <summary>Gets the answer that last told of it: a pool of none since is gone.</summary>
        public int Answer { get; private set; }

        // Who waited before anybody listened ends to wait all the same.
        public void Waits(int change)
        {
            int now = Interlocked.Add(ref _waiting, change);
            if (now < 0)
            {
                Interlocked.CompareExchange(ref _waiting, 0, now);
            }
        }

        public Pool Tell(int answer)
        {
            if (Answer != answer)
            {
                (Answer, Idle, Used, Most) = (answer, 0, 0, 0);
            }

            return this;
        }
    }
}
