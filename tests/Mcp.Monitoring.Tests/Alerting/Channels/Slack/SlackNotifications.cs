using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

/// <summary>Messages of one outage.</summary>
internal static class SlackNotifications
{
    public const string Thread = "C0123456789:1699999999.000001";

    public static AlertNotification First() => Outage.First() with
    {
        AlertCount = 1,
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
