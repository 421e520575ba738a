using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerts.Delivery;

namespace Mcp.Monitoring.Alerts.Storage;

/// <summary>How rows are written. Names of enums, not their numbers: a file outlives a version.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredAlert))]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(StoredFact))]
[JsonSerializable(typeof(StoredSloBucket))]
internal sealed partial class StoreJson : JsonSerializerContext;
