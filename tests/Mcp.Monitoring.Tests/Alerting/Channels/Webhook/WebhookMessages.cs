using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>Messages for the formats of webhooks.</summary>
internal static class WebhookMessages
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static WebhookChannelOptions Options(WebhookPreset preset) => new()
    {
        Name = "pager",
        Preset = preset,
        Url = preset switch
        {
            WebhookPreset.Ntfy => "https://ntfy.example.com/base/my-topic",
            WebhookPreset.Pagerduty => "https://events.example.com/v2/enqueue",
            _ => "https://receiver.example.com/v2/alerts",
        },
        Token = "t0k3n-of-the-receiver",
    };

    public static WebhookCall Encode(WebhookPreset preset, AlertNotification notification, AlertLanguage language = AlertLanguage.En) =>
        WebhookFormats.Of(preset).Encode(notification, Options(preset), AlertTexts.In(language));

    /// <summary>A message as the engine writes it.</summary>
    public static AlertNotification First(AlertLanguage language = AlertLanguage.En) => language == AlertLanguage.Ru ? Russian() : English();

    /// <summary>The end of it.</summary>
    public static AlertNotification Resolved(AlertLanguage language = AlertLanguage.En)
    {
        AlertNotification first = First(language);
        return first with
        {
            Kind = NotificationKind.Resolved,
            Mark = "🟢",
            Heading = language == AlertLanguage.Ru ? "решено · 1c" : "resolved · 1c",
            EndedAt = Start.AddMinutes(40),
            IsSilent = true,
            Alerts = [.. first.Alerts.Select(static alert => alert with { State = AlertState.Resolved, ResolvedAt = Start.AddMinutes(40) })],
        };
    }

    private static AlertNotification English() => Outage.First() with
    {
        Group = "orders-mcp/1c",
        Alerts =
        [
            Alert("McpIntegrationDown", AlertSeverity.Critical, "14 of 14 calls failed in 5 min"),
            Alert("McpCircuitBreakerOpen", AlertSeverity.High, "open for 2 min"),
        ],
        AlertCount = 12,
        Runbook = "https://wiki.example.com/1c?page=down",
        Dashboard = "https://grafana.example.com/d/mcp",
        Page = "https://orders.example.com/monitoring",
        StartedAt = Start,
    };

    private static AlertNotification Russian() => English() with
    {
        Title = "1c не работает",
        Heading = "критично · 1c не работает",
        Body = "14 из 14 вызовов за 5 мин завершились ошибкой, с 03:00 MSK",
        Footer = "v1.4.2, работает 6 дн.",
        Summary = "14 из 14 вызовов за 5 мин завершились ошибкой",
        Facts = ["Инструменты: get_order 9, get_stock 5.", "Circuit breaker открыт."],
        Text = "🔴 критично · 1c не работает · orders-mcp — 14 из 14 вызовов за 5 мин завершились ошибкой, с 03:00 MSK.",
    };

    private static Alert Alert(string name, AlertSeverity severity, string summary)
    {
        var labels = new AlertLabels([new("alertname", name), new("dependency", "1c"), new("mcp_service", "orders-mcp")]);
        return new Alert
        {
            Id = $"{name}-1",
            Name = name,
            Severity = severity,
            State = AlertState.Firing,
            Labels = labels,
            Fingerprint = labels.Fingerprint.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Summary = summary,
            Facts = ["Errors: timeout 11, other 3."],
            StartedAt = Start,
            FiredAt = Start.AddMinutes(3),
            Runbook = "https://wiki.example.com/1c?page=down",
        };
    }
}
