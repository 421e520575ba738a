using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Alerting.Channels.Slack;
using Mcp.Monitoring.Tests.Alerting.Channels.Webhook;

namespace Mcp.Monitoring.IntegrationTests.Alerting.EveryChannel;

/// <summary>A group of thousands of alerts arrives on every channel, in a message that its receiver takes, with counts that are true.</summary>
public sealed partial class GroupOfManyTests
{
    private const int Many = 2_000, Over = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 100)]
    public async Task Two_thousand_alerts_of_a_group_arrive_everywhere_with_true_counts_and_so_does_what_becomes_of_them(bool isSlackWebhook, int nameLength)
    {
        TelegramParser parser = TelegramParser.OrSkip();
        await using ToldHost host = await ToldHost.StartAsync(isSlackWebhook, static options =>
        {
            options.Alerts.Grouping.By = [AlertLabels.Service, "region"];
            options.Alerts.Grouping.Wait = options.Alerts.Grouping.CriticalWait = TimeSpan.FromSeconds(3);
            options.Alerts.Grouping.Interval = TimeSpan.FromSeconds(5);
        });
        for (int i = 0; i < Many; i++)
        {
            await host.Alerts.RaiseAsync(Alert(i, nameLength));
        }

        await ExpectAsync(host, number: 1, static text => Assert.Equal(Many, Counted(text, text)));

        Alert[] firing = await Eventually.GetAsync(() => Task.FromResult<Alert[]>([.. host.Alerts.List(state: AlertState.Firing)]), firing => firing.Length == Many, Limit);
        Assert.Equal(Many, firing.Length);
        await Task.WhenAll(firing.Take(Over).Select(alert => host.Alerts.ResolveAsync(alert.Id, "anna")));
        await ExpectAsync(host, number: 2, static text =>
        {
            Match change = Change().Match(text);
            Assert.True(change.Success, text);
            Assert.Equal((Over, Many - Over), (Number(change.Groups["over"]), Number(change.Groups["all"])));
            Assert.Equal(Many - Over - 1, Counted(Line(text, "Also: "), text));
            Assert.Equal(Over, Counted(Line(text, "Over: "), text));
        });

        await Task.WhenAll(firing.Skip(Over).Select(alert => host.Alerts.ResolveAsync(alert.Id, "anna")));
        await ExpectAsync(host, number: 3, static text => Assert.Equal(Many - Over - 1, Counted(Line(text, "Also over: "), text)));

        await host.StopAsync();
        Assert.All(host.Slack.Posts, post => Assert.Empty(SlackLimits.Exceeded(post.Payload)));
        Assert.All(host.Bot.Taken, call => Assert.InRange(parser.Read(call.Text("text")!).Text.Length, 1, 4_096));
        Assert.All(await host.MailsAsync(), static mail => Assert.Equal([ToldHost.Good], mail.To));
        foreach (WebhookPreset preset in Enum.GetValues<WebhookPreset>())
        {
            IReadOnlyList<WebhookCall> calls = host.Hooks.TakenBy(ToldHost.NameOf(preset));
            Assert.Equal(3, calls.Count);
            Assert.All(calls, call => Schemas.Check(preset, call));
            if (preset is WebhookPreset.Alertmanager or WebhookPreset.Pagerduty)
            {
                Assert.Equal([Many, Many, Many - Over], calls.Select(call => NumberOf(preset, call)));
            }
        }
    }

    private static CustomAlert Alert(int number, int nameLength) => new()
    {
        Name = "Order_failed",
        Severity = AlertSeverity.Critical,
        Summary = "the order was not taken",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["region"] = "north",
            ["operation"] = string.Create(CultureInfo.InvariantCulture, $"op{number:0000}{new string('x', nameLength)}"),
        },
    };

    private static async Task ExpectAsync(ToldHost host, int number, Action<string> isTrue)
    {
        foreach (string channel in ToldHost.Channels)
        {
            IReadOnlyList<string> told = await host.WaitForAsync(channel, number);
            isTrue(told[number - 1]);
        }
    }

    private static int Counted(string listed, string text)
    {
        Match more = More().Match(listed);
        Assert.True(more.Success, text);
        return Operation().Matches(listed[..more.Index]).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Count() + Number(more.Groups["more"]);
    }

    private static string Line(string text, string start)
    {
        int at = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        return text[at..].Split('\n')[0];
    }

    private static int Number(Group digits) => int.Parse(digits.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static int NumberOf(WebhookPreset preset, WebhookCall call)
    {
        JsonElement json = JsonDocument.Parse(call.Body).RootElement;
        return preset == WebhookPreset.Alertmanager
            ? json.GetProperty("alerts").GetArrayLength() + json.GetProperty("truncatedAlerts").GetInt32()
            : json.GetProperty("payload").GetProperty("custom_details").GetProperty("alerts").GetInt32();
    }

    [GeneratedRegex("op[0-9]{4}", RegexOptions.NonBacktracking)]
    private static partial Regex Operation();

    [GeneratedRegex("and (?<more>[0-9,]+) more", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex More();

    [GeneratedRegex("(?<over>[0-9,]+) over, (?<all>[0-9,]+) in all", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Change();
}
