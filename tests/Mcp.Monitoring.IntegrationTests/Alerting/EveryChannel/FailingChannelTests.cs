using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;
using Mcp.Monitoring.Tests.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.EveryChannel;

/// <summary>A channel that cannot be told at first is no matter of the others, and neither is one mailbox of the other.</summary>
public sealed class FailingChannelTests
{
    private const string Late = "late@example.test";
    private const int Failures = 3;

    private static readonly string[] MailFailures = ["451 4.3.2 busy", "cut", "421 4.3.2 closing"];

    public static TheoryData<string, bool> Failing
    {
        get
        {
            var failing = new TheoryData<string, bool>();
            foreach (string channel in ToldHost.Channels)
            {
                failing.Add(channel, false);
            }

            failing.Add("slack", true);
            return failing;
        }
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task What_is_tried_four_times_on_one_channel_is_told_once_on_each(string failing, bool isSlackWebhook)
    {
        await using ToldHost host = await ToldHost.StartAsync(isSlackWebhook);
        Func<Task<int>> countFailures = await FailAsync(host, failing);

        await host.Alerts.RaiseErrorAsync(ErrorType.Integration, "getOrder");
        foreach (string channel in ToldHost.Channels)
        {
            await host.WaitForAsync(channel, 1);
        }

        await host.StopAsync();
        Assert.Equal(Failures, await countFailures());
        foreach (string channel in ToldHost.Channels)
        {
            Assert.Contains("getOrder", Assert.Single(await host.ToldAsync(channel)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Mailbox_that_takes_mail_later_keeps_nothing_from_the_other_and_the_channel_works()
    {
        const int Alerts = 8;
        int management = FreePort.Find();
        await using ToldHost host = await ToldHost.StartAsync(configure: options =>
        {
            options.Prometheus.Port = management;
            options.Alerts.Channels.Email.ToEmails = [Late, ToldHost.Good];
        });
        await host.Mail.ScriptAsync(new { rcpt = new Dictionary<string, string> { [Late] = "451 4.2.1 try later" } });

        for (int i = 0; i < Alerts; i++)
        {
            await host.Alerts.RaiseErrorAsync(ErrorType.Integration, $"operation-{i}");
        }

        // More than make a channel pause, and each message is tried once more for the other by then.
        for (int i = 0; i < Alerts; i++)
        {
            await host.Mail.NextAsync("mail");
        }

        for (int i = 0; i < Alerts * 2; i++)
        {
            await host.Mail.NextAsync("late");
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{management}/metrics"), TestContext.Current.CancellationToken);
        Assert.Matches("(?m)^mcp_notification_channel_up{[^}]*channel=\"email\"[^}]*} 1$", page);
        Assert.Matches("(?m)^mcp_notifications_total{[^}]*channel=\"email\"[^}]*result=\"sent\"[^}]*} 8$", page);
        Assert.Matches("(?m)^mcp_notifications_total{[^}]*channel=\"email\"[^}]*result=\"failed\"[^}]*} 0$", page);
        Assert.Matches("(?m)^mcp_notifications_total{[^}]*channel=\"email\"[^}]*result=\"fallback\"[^}]*} 0$", page);
    }

    // As receivers do on a bad day: too many, a trouble of their own, and a connection that is cut.
    private static async Task<Func<Task<int>>> FailAsync(ToldHost host, string channel)
    {
        switch (channel)
        {
            case "email":
                await host.Mail.ScriptAsync(new { next = MailFailures });
                return async () => await host.Mail.CountAsync("refused");

            case "slack":
                int before = host.Slack.Requests.Count;
                host.Slack.Answer(new SlackScript(429, RetryAfter: "1"), new SlackScript(500), SlackScript.Cut);
                return () => Task.FromResult(host.Slack.Requests.Count - before - 1);

            case "telegram":
                string[] answers = [BotServer.Refuse(429, "Too Many Requests: retry after 1", "\"retry_after\":1"), BotServer.Refuse(500, "Internal Server Error"), ""];
                int asked = 0;
                host.Bot.Answer = call => call.Method == "sendMessage" && Interlocked.Increment(ref asked) is var number && number <= Failures ? answers[number - 1] : null;
                return () => Task.FromResult(asked - 1);

            default:
                host.Hooks.Answer(channel, HookServer.Response(429, "Retry-After: 1\r\n"), HookServer.Response(500), "");
                return () => Task.FromResult(Failures - host.Hooks.LeftOf(channel));
        }
    }
}
