using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting;

/// <summary>An episode of an alert.</summary>
internal sealed record StoredAlert
{
    public static StateTable<StoredAlert> Table { get; } = new("alert", StoredAlertJson.Default.StoredAlert, static row => row.Episode, static row => row.ResolvedAt)
    {
        PastRows = 1_000,
        Keep = static days => TimeSpan.FromDays(days),
    };

    public required string Episode { get; init; }

    public required string Rule { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required AlertSeverity Severity { get; init; }

    public AlertSeverity WorstSeverity { get; init; }

    public required AlertState State { get; init; }

    public double? Value { get; init; }

    public double? Peak { get; init; }

    public double? Limit { get; init; }

    public DateTimeOffset? PeakAt { get; init; }

    public string PeakSummary { get; init; } = "";

    /// <summary>Gets when it began; a row of an earlier version has none.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset PendingSince { get; init; }

    public int Level { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public string? ErrorType { get; init; }

    public bool IsStandalone { get; init; }

    public bool IsIntensity { get; init; }

    public DateTimeOffset? FiredAt { get; init; }

    public DateTimeOffset? QuietSince { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public ResolveReason? ResolveReason { get; init; }

    public string Title { get; init; } = "";

    public required string Summary { get; init; }

    public IReadOnlyList<string> Facts { get; init; } = [];

    public string? Runbook { get; init; }

    public bool IsRaised { get; init; }

    public bool IsSilent { get; init; }

    public bool IsEvent { get; init; }

    public TimeSpan? RepeatInterval { get; init; }

    public static StoredAlert Of(ActiveAlert alert, AlertClock clock) => new()
    {
        Episode = alert.Episode,
        Rule = alert.Rule,
        Labels = alert.Labels,
        Severity = alert.Severity,
        WorstSeverity = alert.WorstSeverity,
        State = alert.State,
        Value = Known(alert.Value),
        Peak = Known(alert.Peak),
        Limit = Known(alert.Limit),
        PeakAt = clock.ToUtc(alert.PeakAt),
        PeakSummary = alert.PeakSummary,
        StartedAt = clock.ToUtc(alert.StartedAt),
        PendingSince = clock.ToUtc(alert.PendingSince),
        Level = alert.Level,
        LastFailureAt = clock.ToUtc(alert.LastFailureAt),
        StoppedAt = clock.ToUtc(alert.StoppedAt),
        ErrorType = alert.ErrorType,
        IsStandalone = alert.IsStandalone,
        IsIntensity = alert.IsIntensity,
        FiredAt = clock.ToUtc(alert.FiredAt),
        QuietSince = clock.ToUtc(alert.QuietSince),
        ResolvedAt = clock.ToUtc(alert.ResolvedAt),
        ResolveReason = alert.ResolveReason,
        Title = alert.Description.Title,
        Summary = alert.Description.Summary,
        Facts = alert.Description.Facts,
        Runbook = alert.Description.Runbook,
        IsRaised = alert.IsRaised,
        IsSilent = alert.IsSilent,
        IsEvent = alert.IsEvent,
        RepeatInterval = alert.RepeatInterval,
    };

    public ActiveAlert ToActive(AlertClock clock) => new(Rule, new AlertLabels(Labels))
    {
        Episode = Episode,
        WorstSeverity = WorstSeverity,
        Severity = Severity,
        State = State,
        Value = Value ?? double.NaN,
        Peak = Peak ?? double.NaN,
        Limit = Limit ?? double.NaN,
        PeakAt = clock.FromUtc(PeakAt),
        PeakSummary = PeakSummary,
        StartedAt = clock.FromUtc(StartedAt ?? PendingSince),
        PendingSince = clock.FromUtc(PendingSince),
        Level = Level,
        LastFailureAt = clock.FromUtc(LastFailureAt),
        StoppedAt = clock.FromUtc(StoppedAt),
        ErrorType = ErrorType,
        IsStandalone = IsStandalone,
        IsIntensity = IsIntensity,
        FiredAt = clock.FromUtc(FiredAt),
        QuietSince = clock.FromUtc(QuietSince),
        ResolvedAt = clock.FromUtc(ResolvedAt),
        ResolveReason = ResolveReason,
        Description = new AlertDescription(Summary, Facts, Runbook, Title),
        IsRaised = IsRaised,
        IsSilent = IsSilent,
        IsEvent = IsEvent,
        RepeatInterval = RepeatInterval,
    };

    // JSON has no NaN and no infinity.
    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredAlert))]
internal sealed partial class StoredAlertJson : JsonSerializerContext;
