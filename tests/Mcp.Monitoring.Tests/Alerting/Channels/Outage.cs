using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Channels;

/// <summary>A message as the engine writes it; tests of a channel say what else theirs has.</summary>
internal static class Outage
{
    public const string Id = "0199a0c0d1e2f30415263748596a7b8c";

    public static AlertNotification First() => new()
    {
        Id = Id,
        Kind = NotificationKind.First,
        Severity = AlertSeverity.Critical,
        Group = "1c",
        Title = "1c down",
        Mark = "🔴",
        Heading = "critical · 1c down",
        Service = "orders-mcp",
        Body = "14 of 14 calls failed in 5 min, since 03:00 MSK",
        Summary = "14 of 14 calls failed in 5 min",
        Facts = ["Tools: get_order 9, get_stock 5.", "Breaker open."],
        Footer = "v1.4.2, up 6 d.",
        Text = "🔴 critical · 1c down · orders-mcp — 14 of 14 calls failed in 5 min, since 03:00 MSK. Tools: get_order 9, get_stock 5. Breaker open. v1.4.2, up 6 d.",
        Incident = 7,
    };
}
