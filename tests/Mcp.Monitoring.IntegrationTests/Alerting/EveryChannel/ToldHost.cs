using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Email;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;
using Mcp.Monitoring.IntegrationTests.Servers;
using Mcp.Monitoring.Tests.Alerting.Channels.Slack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mcp.Monitoring.IntegrationTests.Alerting.EveryChannel;

/// <summary>A host that tells every channel there is, each before a receiver of its own.</summary>
internal sealed partial class ToldHost : IAsyncDisposable
{
    public const string Good = "good@example.test";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<SunkMail> _mails = [];
    private readonly IHost _host;

    private ToldHost(SmtpSink mail, SlackServer slack, bool isSlackWebhook, Action<McpMonitoringOptions> configure)
    {
        Mail = mail;
        Slack = slack;
        IsSlackWebhook = isSlackWebhook;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Prometheus.ServiceName = "orders-mcp";
            options.Alerts.Storage.Path = ":memory:";
            options.Alerts.Grouping.Wait = options.Alerts.Grouping.CriticalWait = TimeSpan.Zero;
            AddChannels(options.Alerts.Channels);
            configure(options);
        });
        _host = builder.Build();
    }

    /// <summary>Gets the names of the channels: those of webhooks are their presets.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["email", "slack", "telegram", .. Enum.GetValues<WebhookPreset>().Select(NameOf)];

    public SmtpSink Mail { get; }

    public SlackServer Slack { get; }

    public BotServer Bot { get; } = new();

    public HookServer Hooks { get; } = new();

    public bool IsSlackWebhook { get; }

    public IAlertManager Alerts => _host.Services.GetRequiredService<IAlertManager>();

    public IServiceProvider Services => _host.Services;

    public static string NameOf(WebhookPreset preset) => preset switch
    {
        WebhookPreset.Alertmanager => "alertmanager-v4",
        WebhookPreset.Pagerduty => "pagerduty",
        WebhookPreset.Opsgenie => "opsgenie",
        WebhookPreset.Ntfy => "ntfy",
        WebhookPreset.Teams => "teams",
        WebhookPreset.Discord => "discord",
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "It has no receiver here."),
    };

    /// <summary>Starts it, and waits until each channel was found to work: what comes after that is a message.</summary>
    public static async Task<ToldHost> StartAsync(bool isSlackWebhook = false, Action<McpMonitoringOptions>? configure = null)
    {
        var told = new ToldHost(await SmtpSink.StartAsync(), await SlackServer.StartAsync(), isSlackWebhook, configure ?? (static _ => { }));
        await told._host.StartAsync(TestContext.Current.CancellationToken);
        bool isChecked = await Eventually.GetAsync(
            () => Task.FromResult(told.Bot.Of("getChat").Any() && (isSlackWebhook || !told.Slack.Requests.IsEmpty)), isChecked => isChecked, Limit);
        Assert.True(isChecked, "A channel was not checked.");
        await told.Mail.NextAsync("closed");
        return told;
    }

    /// <summary>Waits until a channel has got so many messages.</summary>
    /// <returns>What people read of each.</returns>
    public async Task<IReadOnlyList<string>> WaitForAsync(string channel, int count)
    {
        IReadOnlyList<string> told = await Eventually.GetAsync(() => ToldAsync(channel), told => told.Count >= count, Limit);
        Assert.True(told.Count >= count, $"{channel} got {told.Count} messages instead of {count}.");
        return told;
    }

    /// <summary>Gets what people read of each message of a channel.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string channel) => channel switch
    {
        "email" => [.. (await MailsAsync()).Select(static mail => mail.Message.TextBody!)],
        "slack" => [.. Slack.Posts.Select(static post => string.Join('\n', SlackPayloads.Shown(post.Payload)))],
        "telegram" => [.. Bot.Taken.Select(static call => WebUtility.HtmlDecode(Markup().Replace(call.Text("text")!, "")))],
        _ => [.. Hooks.TakenBy(channel).Select(static call => string.Join('\n', Strings(JsonDocument.Parse(call.Body).RootElement)))],
    };

    public async Task<IReadOnlyList<SunkMail>> MailsAsync()
    {
        int count = await Mail.CountAsync("mail");
        while (_mails.Count < count)
        {
            _mails.Add(await Mail.MailAsync());
        }

        return _mails;
    }

    /// <summary>Stops it: what is on its way by then arrives.</summary>
    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Bot.Dispose();
        Hooks.Dispose();
        await Slack.DisposeAsync();
        await Mail.DisposeAsync();
    }

    private void AddChannels(AlertChannelOptions channels)
    {
        (channels.Email.SmtpServer, channels.Email.SmtpPort, channels.Email.Security) = ("127.0.0.1", Mail.Port, EmailSecurity.None);
        (channels.Email.FromEmail, channels.Email.ToEmails) = ("alerts@example.test", [Good]);
        if (IsSlackWebhook)
        {
            channels.Slack.WebhookUrl = Slack.WebhookAddress;
        }
        else
        {
            (channels.Slack.BotToken, channels.Slack.Channel, channels.Slack.BaseUrl) = (SlackServer.Token, "#oncall", Slack.ApiAddress);
        }

        (channels.Telegram.BotToken, channels.Telegram.ChatId, channels.Telegram.BaseUrl) = (BotServer.Token, "-1001234", Bot.Url);
        foreach (WebhookPreset preset in Enum.GetValues<WebhookPreset>())
        {
            channels.Webhooks.Add(new WebhookChannelOptions { Name = NameOf(preset), Preset = preset, Url = Hooks.AddressOf(NameOf(preset)), Token = "t0k3n-of-the-receiver-0123456789" });
        }
    }

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static member => Strings(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        _ => [],
    };

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}
