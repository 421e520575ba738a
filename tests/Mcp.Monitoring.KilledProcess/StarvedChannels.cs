using System.Globalization;
using Mcp.Monitoring.Alerting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.KilledProcess;

/// <summary>A server whose thread pool has no thread left when a critical alert is to be told on every channel, of which one never gets a connection.</summary>
internal static class StarvedChannels
{
    private const int Blocked = 5_000;

    /// <param name="slack">The address of Slack's API.</param>
    /// <param name="telegram">The address of the Bot API, and the token.</param>
    /// <param name="webhook">The address of a webhook.</param>
    /// <param name="mail">The port of the mail server, the user and the password.</param>
    /// <param name="unanswered">The address of a webhook where nobody answers.</param>
    public static void Run(string slack, string[] telegram, string webhook, string[] mail, string unanswered)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            AlertChannelOptions channels = options.Alerts.Channels;
            (channels.Slack.BaseUrl, channels.Slack.BotToken, channels.Slack.Channel) = (slack, "xoxb-starved", "#oncall");
            (channels.Telegram.BaseUrl, channels.Telegram.BotToken, channels.Telegram.ChatId) = (telegram[0], telegram[1], "-1001234");
            (channels.Email.SmtpServer, channels.Email.SmtpPort) = ("localhost", int.Parse(mail[0], CultureInfo.InvariantCulture));
            (channels.Email.SmtpUsername, channels.Email.SmtpPassword) = (mail[1], mail[2]);
            (channels.Email.FromEmail, channels.Email.ToEmails) = ("alerts@example.test", ["ops@example.test"]);
            channels.Webhooks.Add(new WebhookChannelOptions { Name = "stuck", Url = unanswered });
            channels.Webhooks.Add(new WebhookChannelOptions { Name = "hook", Url = webhook });
        });
        using IHost host = builder.Build();
        host.Start();
        using var released = new ManualResetEvent(initialState: false);
        for (int i = 0; i < Blocked; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static released => ((ManualResetEvent)released!).WaitOne(), released);
        }

        Console.WriteLine("starved");
        string operation = Console.ReadLine()!;
        _ = host.Services.GetRequiredService<IAlertManager>().RaiseErrorAsync(ErrorType.Integration, operation);
        Console.ReadLine();
        Console.WriteLine(ThreadPool.PendingWorkItemCount > Blocked / 2 ? "still starved" : "not starved");
        Environment.Exit(0);
    }
}
