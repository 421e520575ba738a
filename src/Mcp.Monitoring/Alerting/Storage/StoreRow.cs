using System.Text.Json.Serialization;

namespace Mcp.Monitoring.Alerting.Storage;

/// <summary>Something that survives a crash: one row of its kind's table, written whole.</summary>
internal abstract record StoreRow
{
    /// <summary>Gets what it is found by, among its kind.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>Gets when it was over: retention counts from then. What is not over is kept for ever.</summary>
    [JsonIgnore]
    public virtual DateTimeOffset? ClosedAt => null;
}
