using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Pipeline.Stages;
using Mcp.Monitoring.Alerting.Settings;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>What is in <c>alerts-1.db</c>, the file of a former version: rows of every table, and no field that is as it would be without it.</summary>
internal static class FormerFile
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 3, 2, 1, 234, TimeSpan.Zero);

    public static IReadOnlyDictionary<StateTable, object[]> Rows => new Dictionary<StateTable, object[]>
    {
        [StoredAlert.Table] = Alerts,
        [NotificationTables.Queue(TestTables.Clock)] = Messages,
        [StoredFact.Table] = Facts,
        [StoredSloBucket.Table] = Buckets,
        [StoredGroup.Table] = Groups,
        [StoredIncident.Table] = Incidents,
        [StoredEscalation.Table] = Escalations,
        [StoredSilence.Table] = Silences,
        [StoredFlapping.Table] = Flaps,
        [StoredDigest.Table] = Digests,
    };

    private static StoredAlert[] Alerts { get; } =
    [
        Alert("0198f1a2b3c47d5e8f90a1b2c3d4e5f6"),
        Alert("0198f1a2b3c47d5e8f90a1b2c3d4e5f7") with { State = AlertState.Resolved, ResolvedAt = Time.AddMinutes(9), ResolveReason = ResolveReason.NoData, Value = null },
    ];

    private static QueuedNotification[] Messages { get; } =
    [
        new()
        {
            Id = "m1",
            Channel = "telegram",
            Generation = 7,
            Created = Time,
            State = DeliveryState.Sending,
            Attempts = 3,
            NotBefore = TestTables.Clock.FromUtc(Time.AddSeconds(7)),
            ExpiresAt = TestTables.Clock.FromUtc(Time.AddDays(1)),
            LastError = "429: Too Many Requests \u2028 \"quoted\"",
            Notification = Notification("m1", NotificationKind.FlappingEnded),
        },
        new()
        {
            Id = "m2",
            Channel = "email",
            Generation = 8,
            Created = Time.AddSeconds(1),
            State = DeliveryState.Dead,
            Attempts = 5,
            Reference = "thread",
            InsteadOf = "slack",
            HandedTo = "log",
            EndedAt = Time.AddMinutes(1),
            Notification = Notification("m2", NotificationKind.Digest),
        },
    ];

    private static StoredFact[] Facts { get; } =
    [
        new("last_evaluation", "2026-03-01T03:02:01.2340000+00:00"),
        new("last_incident", "12"),
        new("run_state", "running"),
        new("tools", "get_order\nпоиск"),
    ];

    private static StoredSloBucket[] Buckets { get; } =
    [
        new("availability", Time.AddMilliseconds(-1_234), TimeSpan.FromMinutes(5), 5, 6),
        new("latency|get_order", Time.AddMilliseconds(-1_234), TimeSpan.FromDays(1), 12_345_678_901, 12_345_678_902),
    ];

    private static StoredGroup[] Groups { get; } =
    [
        new()
        {
            Id = "1c",
            Labels = Labels("dependency", "1c"),
            Opened = Time,
            StartedAt = Time.AddMinutes(-3),
            Silenced = ["0123456789abcdef"],
        },
        new() { Id = "db", Labels = Labels("dependency", "db"), Opened = Time, StartedAt = Time, Closed = Time.AddHours(1) },
    ];

    private static StoredIncident[] Incidents { get; } =
    [
        new()
        {
            Incident = Incident(11) with { State = IncidentState.Resolved, ResolvedAt = Time.AddHours(2), ResolvedBy = "anna" },
            HeldUntil = Time.AddHours(3),
        },
        new() { Incident = Incident(12), QuietSince = Time.AddMinutes(7), EscalationEnded = AlertSeverity.High },
    ];

    private static StoredEscalation[] Escalations { get; } =
    [
        new()
        {
            Incident = 12,
            Policy = new EscalationPolicy
            {
                Steps = [new EscalationStep(TimeSpan.FromMinutes(5), ["telegram", "email"]), new EscalationStep(TimeSpan.FromMinutes(15), ["slack"], OnlyIfNotAcknowledged: false)],
                RepeatEvery = TimeSpan.FromHours(1),
                MostRepeats = 3,
            },
            Severity = AlertSeverity.Critical,
            Started = Time,
            Step = 1,
            Due = Time.AddMinutes(15),
            IsCalledAgain = true,
        },
    ];

    private static StoredSilence[] Silences { get; } =
    [
        new()
        {
            Id = "s1",
            Matchers = ["dependency=1c", "operation=~get_.*"],
            StartsAt = Time,
            EndsAt = Time.AddHours(1),
            CreatedBy = "anna",
            Comment = "update of \"1C\"",
        },
    ];

    private static StoredFlapping[] Flaps { get; } =
    [
        new()
        {
            Labels = Labels("dependency", "1c"),
            Ends = [Time.AddMinutes(2), Time.AddMinutes(4)],
            Begins = [Time.AddMinutes(1), Time.AddMinutes(3)],
            Began = Time.AddMinutes(5),
            IsGoingOn = true,
            LastChange = Time.AddMinutes(5),
            IsFlapping = true,
        },
    ];

    private static StoredDigest[] Digests { get; } =
    [
        new()
        {
            Channel = "telegram",
            Since = Time,
            Begun = new Dictionary<string, int>(StringComparer.Ordinal) { ["High"] = 4, ["Critical"] = 1 },
            Rules = new Dictionary<string, int>(StringComparer.Ordinal) { ["McpToolFailing"] = 5 },
            Titles = ["1c down"],
            Over = 3,
            Reminders = 2,
            Severity = AlertSeverity.Critical,
        },
    ];

    private static StoredAlert Alert(string episode) => new()
    {
        Episode = episode,
        Rule = "McpToolFailing",
        Labels = Labels("operation", "get_order"),
        Severity = AlertSeverity.Medium,
        WorstSeverity = AlertSeverity.Critical,
        State = AlertState.Firing,
        Value = 0.5,
        Peak = 1e300,
        Limit = 0.1,
        PeakAt = Time.AddMinutes(3),
        PeakSummary = "14 of 14 calls failed",
        StartedAt = Time.AddMinutes(-1),
        PendingSince = Time,
        Level = 2,
        LastFailureAt = Time.AddMinutes(4),
        StoppedAt = Time.AddMinutes(5),
        ErrorType = "integration",
        IsStandalone = true,
        IsIntensity = true,
        FiredAt = Time.AddMinutes(1),
        QuietSince = Time.AddMinutes(6),
        Title = "get_order fails",
        Summary = "7 of 14 calls failed in 10 min",
        Facts = ["first fact", "второй"],
        Runbook = "https://example.com/runbook",
        IsRaised = true,
        IsSilent = true,
        IsEvent = true,
        RepeatInterval = TimeSpan.FromHours(4),
    };

    private static Incident Incident(int number) => new()
    {
        Number = number,
        Key = "1c",
        State = IncidentState.Acknowledged,
        Severity = AlertSeverity.Critical,
        Title = "1c down",
        OpenedAt = Time,
        AcknowledgedAt = Time.AddMinutes(2),
        AcknowledgedBy = "boris",
        Reopened = 1,
        Alerts = ["0198f1a2b3c47d5e8f90a1b2c3d4e5f6"],
        Timeline = [new IncidentEvent(Time, "opened"), new IncidentEvent(Time.AddMinutes(2), "acknowledged", "boris")],
    };

    public static AlertNotification Notification(string id, NotificationKind kind) => new()
    {
        Id = id,
        Kind = kind,
        Severity = AlertSeverity.Critical,
        Group = "1c",
        Title = "1c down",
        Service = "orders-mcp",
        Summary = "14 of 14",
        Facts = ["one", "two"],
        Text = "text <b>",
        AlertCount = 2,
        StartedAt = Time,
        EndedAt = Time.AddMinutes(8),
        Incident = 12,
        Runbook = "https://example.com/runbook",
        IsSilent = true,
        IsPossibleDuplicate = true,
        ThreadReference = "t",
        Alerts =
        [
            new Alert
            {
                Id = "a1",
                Name = "McpIntegrationDown",
                Severity = AlertSeverity.Critical,
                State = AlertState.Firing,
                Labels = Labels("dependency", "1c"),
                Fingerprint = "0123456789abcdef",
                Summary = "s",
                Facts = ["f"],
                Value = double.NaN,
                Peak = double.PositiveInfinity,
                Limit = 0.01,
                StartedAt = Time,
                FiredAt = Time.AddMinutes(1),
                ResolvedAt = Time.AddMinutes(8),
                ResolveReason = ResolveReason.RuleRemoved,
                IsSilenced = true,
                IsInhibited = true,
                IsFlapping = true,
                Incident = 12,
                Runbook = "https://example.com/runbook",
            },
        ],
    };

    private static Dictionary<string, string> Labels(string name, string value) => new(StringComparer.Ordinal) { ["alertname"] = "McpToolFailing", [name] = value };
}
