using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Startup;

/// <summary>One thing to remember by its name: when the last evaluation was, that the stop was clean, the version, the list of tools.</summary>
internal sealed record StoredFact(string Name, string Value)
{
    public static StateTable<StoredFact> Table { get; } = new("fact", StoredFactJson.Default.StoredFact, static row => row.Name)
    {
        RunKey = StartupHistory.Started,
    };
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredFact))]
internal sealed partial class StoredFactJson : JsonSerializerContext;
