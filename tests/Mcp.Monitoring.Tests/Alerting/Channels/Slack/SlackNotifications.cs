using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

/// <summary>Messages of one outage.</summary>
internal static class SlackNotifications
{
    public const string Thread = "C0123456789:1699999999.000001";

    public static AlertNotification First() => new()
    {
        Id = "0199a0c0d1e2f30415263748596a7b8c",
        Kind = NotificationKind.First,
        Severity = AlertSeverity.Critical,
        Group = "1c",
        Title = "1c down",
        Service = "orders-mcp",
        Mark = "🔴",
        Heading = "critical · 1c down",
        Body = "14 of 14 calls failed in 5 min, since 03:00 MSK",
        Summary = "14 of 14 calls failed in 5 min",
        Facts = ["Tools: get_order 9, get_stock 5.", "Breaker open."],
        Footer = "v1.4.2, up 6 d.",
        Text = "🔴 critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK. Tools: get_order 9, get_stock 5. Breaker open. v1.4.2, up 6 d.",
        AlertCount = 1,
        Incident = 7,
        StartedAt = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        Runbook = "https://wiki.company.com/1c",
        Dashboard = "https://grafana.company.com/d/mcp?a=1&b=2",
        Page = "http://orders:8080/monitor",
    };

    public static AlertNotification Update() => First() with
    {
        Kind = NotificationKind.Update,
        Heading = "critical · 1c down",
        Body = "2 more, 3 in all: 40 of 40 calls failed in 5 min, since 03:00 MSK",
        ThreadReference = Thread,
    };

    public static AlertNotification Resolved() => First() with
    {
        Kind = NotificationKind.Resolved,
        Mark = "🟢",
        Heading = "resolved · 1c",
        Body = "03:00–03:40 MSK, 40 min",
        Facts = ["It was critical, at worst 03:10:00: 40 of 40 calls failed in 5 min."],
        IsSilent = true,
        ThreadReference = Thread,
    };

    /// <summary>A message as the version before has stored it.</summary>
    public static AlertNotification Former() => First() with { Mark = null, Heading = null, Body = null, Footer = null };
}
