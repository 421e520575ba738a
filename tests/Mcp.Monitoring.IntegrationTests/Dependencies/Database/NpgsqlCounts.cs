using System.Diagnostics.Metrics;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Database;

/// <summary>What Npgsql's meter says of one pool.</summary>
internal sealed class NpgsqlCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly string _pool;
    private int _executed, _failed;

    public NpgsqlCounts(string pool)
    {
        _pool = pool;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Npgsql")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Told(instrument.Name, 1, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Told(instrument.Name, value, tags));
        _listener.Start();
    }

    public int Executed => Volatile.Read(ref _executed);

    public int Failed => Volatile.Read(ref _failed);

    public int Used { get; private set; }

    public int Idle { get; private set; }

    public void Ask() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Told(string instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? state = null;
        bool isOwn = false;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            isOwn |= tag.Key == "db.client.connection.pool.name" && tag.Value as string == _pool;
            state = tag.Key == "db.client.connection.state" ? tag.Value as string : state;
        }

        if (!isOwn)
        {
            return;
        }

        switch (instrument)
        {
            case "db.client.operation.duration":
                Interlocked.Increment(ref _executed);
                break;
            case "db.client.operation.failed":
                Interlocked.Add(ref _failed, value);
                break;
            case "db.client.connection.count" when state == "used":
                Used = value;
                break;
            case "db.client.connection.count":
                Idle = value;
                break;
        }
    }
}
