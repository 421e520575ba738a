using System.Globalization;
using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Incidents;

/// <summary>An escalation that goes on, with its policy.</summary>
internal sealed record StoredEscalation
{
    public static StateTable<StoredEscalation> Table { get; } = new("escalation", StoredEscalationJson.Default.StoredEscalation, static row => KeyOf(row.Incident));

    public required int Incident { get; init; }

    public required EscalationPolicy Policy { get; init; }

    public AlertSeverity Severity { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required int Step { get; init; }

    public DateTimeOffset? Due { get; init; }

    public bool IsCalledAgain { get; init; }

    public static string KeyOf(int incident) => incident.ToString(CultureInfo.InvariantCulture);

    public static StoredEscalation Of(int incident, EscalationRun run, AlertClock clock) => new()
    {
        Incident = incident,
        Policy = run.Policy,
        Severity = run.Severity,
        Started = clock.ToUtc(run.Started),
        Step = run.Step,
        Due = clock.ToUtc(run.Due),
        IsCalledAgain = run.IsCalledAgain,
    };

    public EscalationRun ToRun(AlertClock clock) => new(Policy, Severity, clock.FromUtc(Started)) { IsCalledAgain = IsCalledAgain, Step = Step, Due = clock.FromUtc(Due) };
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredEscalation))]
internal sealed partial class StoredEscalationJson : JsonSerializerContext;
