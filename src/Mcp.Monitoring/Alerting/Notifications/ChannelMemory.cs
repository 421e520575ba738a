using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>What channels remember, as rows of the store.</summary>
internal sealed class ChannelMemory(AlertClock clock) : IChannelMemory
{
    public const int Most = 10_000;

    private const int LongestValue = 1_024;

    // What is left when it was full: it is not looked through for each text that comes.
    private const int Kept = Most * 9 / 10;

    private readonly Lock _trimming = new();
    private readonly ConcurrentDictionary<(string Channel, string Key), StoredMemory> _entries = new();
    private readonly ConcurrentQueue<StoredMemory> _unsaved = new();

    /// <summary>Gets or sets who is told that there is something to save.</summary>
    public Action Wake { get; set; } = static () => { };

    public string? Find(string channel, string key) => _entries.TryGetValue((channel, key), out StoredMemory? entry) && entry.Until > clock.UtcNow ? entry.Value : null;

    public void Keep(string channel, string key, string value, TimeSpan lifetime)
    {
        StoredMemory entry = Entry(channel, key, value, lifetime);
        _entries[(channel, key)] = entry;
        Changed(entry);
    }

    public bool TryAdd(string channel, string key, string value, TimeSpan lifetime)
    {
        StoredMemory entry = Entry(channel, key, value, lifetime);
        StoredMemory kept = _entries.AddOrUpdate((channel, key), entry, (_, old) => old.Until > clock.UtcNow ? old : entry);
        if (!ReferenceEquals(kept, entry))
        {
            return false;
        }

        Changed(entry);
        return true;
    }

    /// <summary>Takes over what a former run remembered; the engine's thread.</summary>
    public void Load(StateRows rows)
    {
        foreach (StoredMemory entry in rows.Of(StoredMemory.Table).Where(entry => entry.Until > clock.UtcNow))
        {
            _entries.TryAdd((entry.Channel, entry.Key), entry);
        }

        Trim();
    }

    /// <summary>Saves what is new; the engine's thread.</summary>
    public void Save(StateChanges changes)
    {
        while (_unsaved.TryDequeue(out StoredMemory? entry))
        {
            changes.Put(StoredMemory.Table, entry);
        }
    }

    private StoredMemory Entry(string channel, string key, string value, TimeSpan lifetime) => value.Length > LongestValue
        ? throw new ArgumentException($"It has {value.Length} characters; at most {LongestValue} are remembered.", nameof(value))
        : new() { Channel = channel, Key = key, Value = value, Until = clock.UtcNow + lifetime };

    private void Changed(StoredMemory entry)
    {
        Trim();
        _unsaved.Enqueue(entry);
        Wake();
    }

    // What has had its time goes first, then what would have it next.
    private void Trim()
    {
        if (_entries.Count <= Most)
        {
            return;
        }

        lock (_trimming)
        {
            if (_entries.Count > Most)
            {
                foreach (var old in _entries.ToArray().OrderByDescending(old => old.Value.Until).Skip(Kept))
                {
                    _entries.TryRemove(old);
                }
            }
        }
    }
}

/// <summary>A text that a channel remembers.</summary>
internal sealed record StoredMemory
{
    /// <summary>Gets the table: a row is over when its time is, and retention deletes it then.</summary>
    public static StateTable<StoredMemory> Table { get; } =
        new("channel_memory", StoredMemoryJson.Default.StoredMemory, static row => $"{row.Channel}|{row.Key}", static row => row.Until) { Keep = static _ => TimeSpan.Zero };

    public required string Channel { get; init; }

    public required string Key { get; init; }

    public required string Value { get; init; }

    public required DateTimeOffset Until { get; init; }
}

[JsonSerializable(typeof(StoredMemory))]
internal sealed partial class StoredMemoryJson : JsonSerializerContext;
