using System.Reflection;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Tests.Alerting.Channels.Slack;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;

/// <summary>Slack's own type definitions, asked by <c>peers/slack/check.mjs</c>.</summary>
public sealed class SlackTypesTests
{
    private static readonly string Folder =
        Path.Combine(typeof(SlackTypesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PeersFolder").Value!, "slack");

    private static readonly (string Kind, SlackTarget Target)[] Targets =
    [
        ("post", new SlackTarget { Channel = "#oncall" }),
        ("post", new SlackTarget { Channel = "C0123456789", Thread = "1700000000.000100", IsBroadcast = true }),
        ("post", new SlackTarget { Channel = "C0123456789", Thread = "1700000000.000100" }),
        ("update", new SlackTarget { Channel = "C0123456789", Replaced = "1700000000.000100" }),
        ("webhook", new SlackTarget { IsWebhook = true }),
        ("webhook", new SlackTarget { IsWebhook = true, Channel = "#oncall" }),
    ];

    [Fact]
    public async Task Every_message_is_one_of_slack()
    {
        (string Kind, JsonElement Payload)[] messages =
        [
            .. from notification in Notifications()
               from language in Enum.GetValues<AlertLanguage>()
               from target in Targets
               from asText in (bool[])[false, true]
               select (target.Kind, SlackPayloads.Of(notification, language, target.Target, asText)),
        ];

        Assert.True(messages.Length > 400, $"{messages.Length}");
        Assert.All(messages, message => Assert.Empty(SlackLimits.Exceeded(message.Payload)));
        Assert.Empty(await AskAsync(messages));
    }

    [Fact]
    public async Task Message_that_is_none_is_refused()
    {
        (string Kind, string Payload)[] wrong =
        [
            ("post", """{ "channel": "C1", "text": "x", "nonsense": 1 }"""),
            ("post", """{ "text": "x" }"""),
            ("post", """{ "channel": "C1", "text": "x", "blocks": [{ "type": "header", "text": { "type": "mrkdwn", "text": "x" } }] }"""),
            ("post", """{ "channel": "C1", "text": "x", "attachments": [{ "color": "#d00000", "blocks": [{ "type": "separator" }] }] }"""),
            ("update", """{ "channel": "C1", "text": "x" }"""),
            ("webhook", """{ "text": "x", "thread": 1 }"""),
        ];
        (string, JsonElement)[] messages = [.. wrong.Select(message => (message.Kind, JsonSerializer.Deserialize<JsonElement>(message.Payload)))];

        string[] refusals = await AskAsync(messages);

        Assert.All(messages, message => Assert.Contains(refusals, refusal => refusal.EndsWith($" {message.Item2}", StringComparison.Ordinal)));
    }

    /// <summary>Says what Slack's types say against messages.</summary>
    private static async Task<string[]> AskAsync(IReadOnlyList<(string Kind, JsonElement Payload)> messages)
    {
        string node = Programs.NodeOrSkip();
        Needs.That(Directory.Exists(Path.Combine(Folder, "node_modules", "@slack", "types")), $"The npm package @slack/types is not installed. Run npm ci in {Folder}.");
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(messages.Select(message => new { kind = message.Kind, payload = message.Payload })), TestContext.Current.CancellationToken);
            using var answer = JsonDocument.Parse(await Command.RunAsync(Folder, node, Path.Combine(Folder, "check.mjs"), file));
            return [.. answer.RootElement.EnumerateArray().Select(refusal => Describe(refusal, messages))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Describe(JsonElement refusal, IReadOnlyList<(string Kind, JsonElement Payload)> messages)
    {
        int index = refusal.GetProperty("index").GetInt32();
        return $"{refusal.GetProperty("message")} {(index < 0 ? "" : messages[index].Payload)}";
    }

    private static IEnumerable<AlertNotification> Notifications()
    {
        AlertNotification first = SlackNotifications.First();
        foreach (NotificationKind kind in Enum.GetValues<NotificationKind>())
        {
            yield return first with { Kind = kind };
        }

        foreach (AlertSeverity severity in Enum.GetValues<AlertSeverity>())
        {
            yield return first with { Severity = severity, Mark = null };
        }

        yield return SlackNotifications.Update();
        yield return SlackNotifications.Resolved();
        yield return SlackNotifications.Former();
        yield return first with { Runbook = null, Dashboard = null, Page = null, Footer = null, Incident = null, Facts = [], Body = "" };
        yield return first with { AlertCount = 2_000, Body = "1,999 more, 2,000 in all: many calls failed", Facts = ["Also: " + string.Join(", ", Enumerable.Range(0, 9).Select(i => $"tool_{i}")) + " and 1,990 more."] };
        yield return first with { Facts = [.. Enumerable.Range(0, 2_000).Select(i => $"tool_{i} fails with a text of some length: {new string('x', i % 300)}.")] };
        yield return SlackNotifications.Resolved() with { Heading = "восстановлено · 1С", Body = "03:00–03:40 MSK, 40 мин", Facts = ["Было критично, хуже всего в 03:10:00: 40 из 40 вызовов с ошибкой за 5 мин."] };
        string[] hostile =
        [
            "<!channel>\r\nBcc: x", "<@U1> <http://evil|text> &lt;!here&gt;", "</b><a href=javascript:alert(1)>", "\u202eabc\u2066", "\uD800 half", "\u001b[31mred\u001b[0m", "\0", "\"}],\"channel\":\"C9\"", "\\",
            "*b* _i_ ~s~ `c` ```", ":boom: @channel #general", string.Concat(Enumerable.Repeat("<!channel>&", 10_000)), new string('<', 100_000), string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 10_000)), "",
        ];
        foreach (string text in hostile)
        {
            AlertNotification all = first with { Title = text, Heading = text, Service = text, Body = text, Text = text, Footer = text, Facts = [.. Enumerable.Repeat(text, 20)], Runbook = text, Dashboard = $"https://wiki/{text}" };
            yield return all;
            yield return all with { Heading = null, Mark = null };
        }
    }
}
