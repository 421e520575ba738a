using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

/// <summary>Whatever is told, and whatever a client wrote into it, each receiver gets what its description says, and nothing that does something there.</summary>
public class SchemaTests
{
    public static TheoryData<WebhookPreset> Presets => [.. Enum.GetValues<WebhookPreset>()];

    public static TheoryData<WebhookPreset, NotificationKind, AlertSeverity, AlertLanguage> EachMessage()
    {
        var all = new TheoryData<WebhookPreset, NotificationKind, AlertSeverity, AlertLanguage>();
        foreach (WebhookPreset preset in Enum.GetValues<WebhookPreset>())
        {
            foreach (NotificationKind kind in Enum.GetValues<NotificationKind>())
            {
                foreach (AlertSeverity severity in Enum.GetValues<AlertSeverity>())
                {
                    all.Add(preset, kind, severity, AlertLanguage.En);
                    all.Add(preset, kind, severity, AlertLanguage.Ru);
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(EachMessage))]
    public void Every_kind_and_severity_is_what_the_receiver_takes(WebhookPreset preset, NotificationKind kind, AlertSeverity severity, AlertLanguage language)
    {
        AlertNotification message = (kind == NotificationKind.Resolved ? WebhookMessages.Resolved(language) : WebhookMessages.First(language)) with { Kind = kind, Severity = severity };

        WebhookCall call = WebhookMessages.Encode(preset, message, language);

        Schemas.Check(preset, call);
        string body = Strings(call);
        Assert.Contains("1c", body, StringComparison.Ordinal);
        Assert.Contains(language == AlertLanguage.Ru ? "14 из 14 вызовов" : "14 of 14 calls", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_message_that_is_one_line_only_is_what_the_receiver_takes(WebhookPreset preset)
    {
        AlertNotification message = WebhookMessages.First() with { Mark = null, Heading = null, Body = null, Footer = null, Alerts = [], StartedAt = null, Incident = null, Dashboard = null, Page = null, Runbook = null };

        WebhookCall call = WebhookMessages.Encode(preset, message);

        Schemas.Check(preset, call);
        Assert.Contains("14 of 14 calls failed in 5 min", Strings(call), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void The_longest_message_is_what_the_receiver_takes(WebhookPreset preset)
    {
        string[] longTexts = [string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦 <b>&amp; ` * _ \u202e\"\\", 300)), new('я', 10_000), new('"', 100_000), string.Concat(Enumerable.Repeat("🔴", 5_000))];
        foreach (string text in longTexts)
        {
            string link = $"https://wiki.example.com/{new string('(', 1_900)}";
            AlertNotification message = WebhookMessages.First() with
            {
                Heading = text,
                Body = text,
                Summary = text,
                Title = text,
                Footer = text,
                Service = text,
                Group = text,
                Text = text,
                Facts = [.. Enumerable.Repeat(text, 8)],
                Runbook = link,
                Dashboard = link,
                Page = link,
            };
            message = message with
            {
                Alerts = [.. message.Alerts.Select(alert => alert with { Summary = text, Facts = [text, text], Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["operation"] = text, ["not.a-label"] = "x" } })],
            };

            Schemas.Check(preset, WebhookMessages.Encode(preset, message));
            Schemas.Check(preset, WebhookMessages.Encode(preset, message with { Kind = NotificationKind.Resolved }));
        }
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void The_same_message_is_the_same_call(WebhookPreset preset)
    {
        Assert.Equal(WebhookMessages.Encode(preset, WebhookMessages.First()).Body, WebhookMessages.Encode(preset, WebhookMessages.First()).Body);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_link_that_is_none_is_left_out(WebhookPreset preset)
    {
        AlertNotification message = WebhookMessages.First() with { Runbook = "javascript:alert(1)", Dashboard = "file:///etc/passwd", Page = "not a link" };

        string body = Strings(WebhookMessages.Encode(preset, message with { Alerts = [.. message.Alerts.Select(static alert => alert with { Runbook = "javascript:alert(1)" })] }));

        Assert.DoesNotContain("javascript:", body, StringComparison.Ordinal);
        Assert.DoesNotContain("file:", body, StringComparison.Ordinal);
        Assert.DoesNotContain("not a link", body, StringComparison.Ordinal);
    }

    // Letters of Discord's escapes apart.
    private static string Strings(WebhookCall call) => Encoding.UTF8.GetString(call.Body).Replace("\\\\", "", StringComparison.Ordinal);
}
