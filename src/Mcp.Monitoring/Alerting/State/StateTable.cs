using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mcp.Monitoring.Alerting.State;

/// <summary>The table of one kind of row: <c>(key TEXT PRIMARY KEY, closed_at INTEGER NULL, data TEXT)</c>. Whoever owns the rows defines it, beside them.</summary>
internal abstract class StateTable(string name) : IEquatable<StateTable>
{
    public string Name => name;

    /// <summary>Gets how many rows of what is over are loaded, the newest.</summary>
    public int PastRows { get; init; } = int.MaxValue;

    /// <summary>Gets how long a row is kept after it was over, given the days that alerts are kept.</summary>
    public Func<int, TimeSpan> Keep { get; init; } = static _ => TimeSpan.MaxValue;

    /// <summary>Gets the key of the row that each run writes with a value of its own: it tells this run's file from another's.</summary>
    public string? RunKey { get; init; }

    /// <returns><see langword="null"/> for what is not such a row.</returns>
    public abstract object? Read(StateRow row);

    public bool Equals(StateTable? other) => other?.Name == Name;

    public override bool Equals(object? obj) => Equals(obj as StateTable);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <param name="name">The name of the table in the file.</param>
/// <param name="json">How a row is written. Names of enums, not their numbers: a file outlives a version.</param>
/// <param name="key">What a row is found by, among its kind.</param>
/// <param name="closedAt">When it was over: retention counts from then. What is not over is kept for ever.</param>
/// <typeparam name="TRow">The kind of row.</typeparam>
internal sealed class StateTable<TRow>(string name, JsonTypeInfo<TRow> json, Func<TRow, string> key, Func<TRow, DateTimeOffset?>? closedAt = null) : StateTable(name)
    where TRow : class
{
    public StateRow Write(TRow row) => new(key(row), closedAt?.Invoke(row)?.ToUnixTimeMilliseconds(), JsonSerializer.SerializeToUtf8Bytes(row, json));

    public override object? Read(StateRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Data, json);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A row as it is in the file, whatever it says.</summary>
/// <param name="key">What it is found by in its table.</param>
/// <param name="closedAt">When it was over, in milliseconds since 1970.</param>
/// <param name="data">Its owner's JSON.</param>
internal sealed class StateRow(string key, long? closedAt, byte[] data)
{
    public string Key => key;

    public long? ClosedAt => closedAt;

    public byte[] Data => data;
}
