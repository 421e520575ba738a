using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Pipeline.Forwarding;

/// <summary>A silence that Alertmanager has, and what it is of here.</summary>
/// <param name="Key">What it is of.</param>
/// <param name="Id">Its id there.</param>
/// <param name="EndsAt">When it ends by itself.</param>
internal sealed record StoredForwardedSilence(string Key, string Id, DateTimeOffset EndsAt)
{
    public static StateTable<StoredForwardedSilence> Table { get; } =
        new("forwarded_silence", StoredForwardedSilenceJson.Default.StoredForwardedSilence, static row => row.Key, static row => row.EndsAt) { Keep = static _ => TimeSpan.FromHours(1) };
}

[JsonSerializable(typeof(StoredForwardedSilence))]
internal sealed partial class StoredForwardedSilenceJson : JsonSerializerContext;
