using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>The table of one kind of row: <c>(key TEXT PRIMARY KEY, closed_at INTEGER NULL, data TEXT)</c>.</summary>
internal sealed class StoreTable
{
    private readonly JsonTypeInfo _json;

    private StoreTable(string name, JsonTypeInfo json, int pastRows, Func<int, TimeSpan> keep)
    {
        _json = json;
        Name = name;
        PastRows = pastRows;
        Keep = keep;
    }

    public string Name { get; }

    public Type Kind => _json.Type;

    /// <summary>Gets how many rows of what is over are loaded, the newest.</summary>
    public int PastRows { get; }

    /// <summary>Gets how long a row is kept after it was over, given the days that alerts are kept.</summary>
    public Func<int, TimeSpan> Keep { get; }

    public static StoreTable Of<TRow>(string name, JsonTypeInfo<TRow> json, int pastRows, Func<int, TimeSpan> keep)
        where TRow : StoreRow => new(name, json, pastRows, keep);

    public string Write(StoreRow row) => JsonSerializer.Serialize(row, _json);

    /// <returns><see langword="null"/> for what is not such a row.</returns>
    public StoreRow? Read(string data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, _json) as StoreRow;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
