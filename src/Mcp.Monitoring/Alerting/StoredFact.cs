using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting;

/// <summary>One thing to remember by its name: when the last evaluation was, that the stop was clean, the version, the list of tools.</summary>
internal sealed record StoredFact(string Name, string Value)
{
    /// <summary>When this run began: what tells its rows from those of another.</summary>
    public const string RunStarted = "run_started";

    public static StateTable<StoredFact> Table { get; } = new("fact", StoredFactJson.Default.StoredFact, static row => row.Name) { RunKey = RunStarted };
}

[JsonSerializable(typeof(StoredFact))]
internal sealed partial class StoredFactJson : JsonSerializerContext;
