using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.Delivery;
using Mcp.Monitoring.Alerting.Escalation;
using Mcp.Monitoring.Alerting.Flapping;
using Mcp.Monitoring.Alerting.Grouping;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Silences;
using Mcp.Monitoring.Alerting.Storm;

namespace Mcp.Monitoring.Alerting.Storage;

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
