using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerts.Delivery;
using Mcp.Monitoring.Alerts.Escalation;
using Mcp.Monitoring.Alerts.Flapping;
using Mcp.Monitoring.Alerts.Grouping;
using Mcp.Monitoring.Alerts.Incidents;
using Mcp.Monitoring.Alerts.Silences;
using Mcp.Monitoring.Alerts.Storm;

namespace Mcp.Monitoring.Alerts.Storage;

/// <summary>How rows are written. Names of enums, not their numbers: a file outlives a version.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredAlert))]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(StoredFact))]
[JsonSerializable(typeof(StoredSloBucket))]
[JsonSerializable(typeof(StoredGroup))]
[JsonSerializable(typeof(StoredIncident))]
[JsonSerializable(typeof(StoredEscalation))]
[JsonSerializable(typeof(StoredSilence))]
[JsonSerializable(typeof(StoredFlapping))]
[JsonSerializable(typeof(StoredDigest))]
internal sealed partial class StoreJson : JsonSerializerContext;
