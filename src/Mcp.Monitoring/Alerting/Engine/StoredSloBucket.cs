using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What an objective counted in one span of time.</summary>
internal sealed record StoredSloBucket(string Slo, DateTimeOffset Start, TimeSpan Length, long Good, long Total)
{
    public static StateTable<StoredSloBucket> Table { get; } = new(
        "slo_bucket", StoredSloBucketJson.Default.StoredSloBucket, static row => row.Key, static row => row.Start + row.Length)
    {
        Keep = static _ => TimeSpan.FromDays(35),
    };

    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Slo}|{(long)Length.TotalSeconds}|{Start.ToUnixTimeSeconds()}");
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredSloBucket))]
internal sealed partial class StoredSloBucketJson : JsonSerializerContext;
