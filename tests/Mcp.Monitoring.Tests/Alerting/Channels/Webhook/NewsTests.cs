using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>What is said once and has no end leaves nothing open at a receiver that keeps things open.</summary>
public class NewsTests
{
    private static readonly NotificationKind[] News = [NotificationKind.Digest, NotificationKind.Announcement, NotificationKind.Test, NotificationKind.Report];

    public static TheoryData<NotificationKind> EachKind => [.. Enum.GetValues<NotificationKind>()];

    [Theory]
    [MemberData(nameof(EachKind))]
    public void PagerDuty_gets_an_alert_of_alerts_and_a_change_event_of_everything_else(NotificationKind kind)
    {
        WebhookCall call = WebhookMessages.Encode(WebhookPreset.Pagerduty, Message(kind));

        bool isNews = News.Contains(kind);
        Assert.Equal($"https://events.example.com/v2/{(isNews ? "change/" : "")}enqueue", call.Address.AbsoluteUri);
        Assert.Equal(!isNews, JsonCheck.Parse(call.Body).TryGetProperty("event_action", out _));
    }

    [Theory]
    [InlineData("https://events.pagerduty.com/v2/enqueue", "https://events.pagerduty.com/v2/change/enqueue")]
    [InlineData("https://events.eu.pagerduty.com/v2/enqueue", "https://events.eu.pagerduty.com/v2/change/enqueue")]
    [InlineData("https://relay.company.com/pagerduty?team=a", "https://relay.company.com/pagerduty?team=a")]
    public void Change_events_go_to_the_address_beside_that_of_alerts(string url, string address)
    {
        var options = new WebhookChannelOptions { Name = "pager", Preset = WebhookPreset.Pagerduty, Url = url, Token = "key" };

        WebhookCall call = WebhookFormats.Of(WebhookPreset.Pagerduty).Encode(Message(NotificationKind.Test), options, Mcp.Monitoring.Alerting.Texts.AlertTexts.English);

        Assert.Equal(address, call.Address.AbsoluteUri);
    }

    [Theory]
    [MemberData(nameof(EachKind))]
    public void Opsgenies_alert_is_closed_at_once_where_it_is_none(NotificationKind kind)
    {
        WebhookCall call = WebhookMessages.Encode(WebhookPreset.Opsgenie, Message(kind));

        Assert.Equal(News.Contains(kind), call.Then is not null);
        if (call.Then is { } close)
        {
            Assert.False(call.IsEnd);
            Assert.Equal("https://receiver.example.com/v2/alerts/orders-mcp%2F1c/close?identifierType=alias", close.Address.AbsoluteUri);
            Assert.Equal((call.Authorization, true), (close.Authorization, close.IsEnd));
            Assert.Null(close.Then);
        }
    }

    [Theory]
    [MemberData(nameof(EachKind))]
    public void A_receiver_made_for_Alertmanager_is_told_that_it_is_over(NotificationKind kind)
    {
        JsonElement json = JsonCheck.Parse(WebhookMessages.Encode(WebhookPreset.Alertmanager, Message(kind) with { Alerts = [], AlertCount = 5 }).Body);

        bool isOver = News.Contains(kind) || kind == NotificationKind.Resolved;
        Assert.Equal(isOver ? "resolved" : "firing", json.GetProperty("status").GetString());
        Assert.Equal(isOver ? "2026-03-01T00:00:00.000Z" : "0001-01-01T00:00:00Z", json.GetProperty("alerts")[0].GetProperty("endsAt").GetString());
        Assert.Equal(0, json.GetProperty("truncatedAlerts").GetInt32());
    }

    [Theory]
    [InlineData("McpUncleanStop", AlertSeverity.Medium, false)]
    [InlineData("McpUncleanStop", AlertSeverity.High, true)]
    [InlineData("McpCrashLoop", AlertSeverity.Critical, true)]
    [InlineData("McpToolErrors", AlertSeverity.Medium, true)]
    public void Alert_that_has_no_end_leaves_nothing_open_unless_somebody_must_be_called(string rule, AlertSeverity severity, bool isOpen)
    {
        AlertNotification first = WebhookMessages.First();
        AlertNotification message = first with { Severity = severity, Alerts = [first.Alerts[0] with { Name = rule, Severity = severity }], AlertCount = 1 };

        Assert.Equal(isOpen, JsonCheck.Parse(WebhookMessages.Encode(WebhookPreset.Pagerduty, message).Body).TryGetProperty("event_action", out _));
        Assert.Equal(isOpen, WebhookMessages.Encode(WebhookPreset.Opsgenie, message).Then is null);
        Assert.Equal(isOpen ? "firing" : "resolved", JsonCheck.Parse(WebhookMessages.Encode(WebhookPreset.Alertmanager, message).Body).GetProperty("status").GetString());
    }

    [Fact]
    public void What_it_is_about_is_the_thing_and_not_the_title()
    {
        AlertNotification first = WebhookMessages.First();

        Assert.Equal("1c", Opsgenie(first));
        Assert.Equal("orders-mcp", Opsgenie(first with { Alerts = [] }));
        Assert.Equal("1c", JsonCheck.Parse(WebhookMessages.Encode(WebhookPreset.Pagerduty, first).Body).GetProperty("payload").GetProperty("component").GetString());

        static string? Opsgenie(AlertNotification message) => JsonCheck.Parse(WebhookMessages.Encode(WebhookPreset.Opsgenie, message).Body).GetProperty("entity").GetString();
    }

    private static AlertNotification Message(NotificationKind kind) => WebhookMessages.First() with { Kind = kind };
}
