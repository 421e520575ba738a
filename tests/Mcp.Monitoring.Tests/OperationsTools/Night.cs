using Mcp.Monitoring.StatusPage.Views;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>A server one of whose dependencies is down.</summary>
internal static class Night
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 3, 12, 0, TimeSpan.Zero);

    private static CallsView Failing { get; } = new() { Calls = 14, ServerErrors = 14, FailedShare = 1 };

    private static CallsView Fine { get; } = new() { Calls = 80, Success = 80, FailedShare = 0, P95 = 0.18123456, P99 = 0.4 };

    private static AlertView Alert { get; } = new()
    {
        Id = "a1",
        Name = "McpIntegrationDown",
        Severity = "critical",
        State = "firing",
        Summary = "1c does not answer: 14 of 14 calls failed.",
        Value = 14,
        Limit = 3,
        Unit = "count",
        StartedAt = Now.AddMinutes(-12),
        FiredAt = Now.AddMinutes(-11),
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "McpIntegrationDown", ["severity"] = "critical", ["dependency"] = "1c", ["region"] = "north" },
    };

    public static IncidentView Open { get; } = new()
    {
        Number = 17,
        Title = "1c down",
        Severity = "critical",
        State = "triggered",
        Since = Now.AddMinutes(-12),
        OpenedAt = Now.AddMinutes(-11),
        Summary = "14 of 14 calls failed",
        Cause = "1c",
        Facts = ["The first failure was at 03:00."],
        Alerts = [Alert],
        Told = [new(Now.AddMinutes(-11), "telegram", "firing")],
        Timeline = [new(Now.AddMinutes(-11), "1c down (critical)", By: null)],
        Matchers = ["dependency=\"1c\""],
        Runbook = "https://runbooks.example/1c",
        CorrelationIds = ["c-1"],
    };

    public static IncidentView Over { get; } = Open with
    {
        Number = 16,
        State = "resolved",
        ResolvedAt = Now.AddDays(-1),
        AcknowledgedAt = Now.AddDays(-1),
        AcknowledgedBy = "Anna",
        ResolvedBy = "Anna",
        Alerts = [],
    };

    private static OperationView GetOrder { get; } = new()
    {
        Type = "tools",
        Name = "get_order",
        Owner = "orders-team",
        LastHour = Failing,
        IsFailing = true,
        LastFailure = Now,
        LastSuccess = Now.AddMinutes(-13),
        LatencyTarget = 0.2,
        BudgetRemaining = 0.12,
    };

    private static FailureView Failure { get; } = new()
    {
        At = Now,
        Type = "tools",
        Operation = "get_order",
        ErrorType = "integration",
        Outcome = "server_error",
        Dependency = "1c",
        Exception = "System.Net.Http.HttpRequestException",
        Message = "Connection refused (1c:80)",
        CorrelationId = "c-1",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        TraceUrl = "https://traces.example/0af7651916cd43dd8448eb211c80319c",
    };

    public static StatusView Status { get; } = new()
    {
        At = Now,
        TimeZone = "Etc/UTC",
        Service = new("orders-mcp", "1.4.2", "production", "node-1", Now.AddDays(-6), "0.1.0"),
        State = new(StateLevel.Critical, "get_order fails: 14 of 14 calls since 03:00.", Open: 1, OpenBreakers: 1),
        LastHour = new() { Calls = 94, Success = 80, ServerErrors = 14, FailedShare = 14.0 / 94, P95 = 0.18 },
        LastDay = new() { Calls = 2_000, Success = 1_980, ServerErrors = 20, FailedShare = 0.01 },
        Operations = [GetOrder, new() { Type = "tools", Name = "get_stock", LastHour = Fine, LastSuccess = Now, LatencyTarget = 2 }],
        Dependencies = [new() { Name = "1c", IsUp = false, Breaker = "open", Rejected = 34, Calls = 14, Failed = 14 }, new() { Name = "orders-db", IsUp = true, Calls = 80, P95 = 0.01 }],
        Objectives = [new() { Name = "availability", Kind = "availability", Target = 0.995, BudgetRemaining = 0.61, BurnHour = 29.8, BurnSixHours = 5, Calls = 2_000, Bad = 20 }],
        Incidents = [Open, Over],
        Alerts = [Alert with { Id = "a2", State = "pending", FiredAt = null }],
        Silences = [new("s1", ["dependency=\"1c\""], Now, Now.AddHours(1), "Anna", "we know")],
        Failures = [Failure, Failure with { Operation = "get_stock", Exception = null }],
        Channels = [new() { Name = "telegram", Works = true, Words = "works" }, new() { Name = "email", Works = false, Words = "535 authentication failed" }],
        Coverage = new(["Calls of tools"], ["Nothing measures the database."]),
    };

    public static IReadOnlyList<RuleView> Rules { get; } =
    [
        new()
        {
            Name = "McpIntegrationDown",
            State = "firing",
            By = ["dependency"],
            Active = 1,
            Levels = [new() { Severity = "critical", Condition = "mcp_failures_in_a_row >= 3", Value = 14, Limit = 3, Unit = "count", For = 60 }],
        },
        new()
        {
            Name = "McpLatencyHigh",
            State = "pending",
            Levels = [new() { Severity = "high", Condition = "histogram_quantile(0.95, …) > 2", Value = double.NaN, Limit = 2, Unit = "seconds", For = 120, FiresIn = 42.5 }],
        },
    ];

    public static OperationDetail Detail { get; } = new()
    {
        Operation = GetOrder,
        Errors = [new("integration", "server_error", "1c", 14)],
        Dependencies = [new("1c", 420.5, 0.98)],
        Chart = new()
        {
            End = Now,
            Step = 60,
            Outcomes = new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal)
            {
                ["success"] = [.. Enumerable.Repeat<double?>(1, 48), .. Enumerable.Repeat<double?>(0, 12)],
                ["server_error"] = [.. Enumerable.Repeat<double?>(null, 48), .. Enumerable.Repeat<double?>(2, 12)],
            },
            P95 = [.. Enumerable.Repeat<double?>(0.1, 48), .. Enumerable.Repeat<double?>(null, 12)],
        },
        Failures = [Failure],
        Incidents = [17],
        Runbook = "https://runbooks.example/get_order",
    };
}
