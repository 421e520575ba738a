using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;

/// <summary>The channel in a host of its own, with options that a test may change while it runs.</summary>
internal sealed class SlackHost : IChannelMemory, IDisposable
{
    private readonly ConcurrentDictionary<string, string> _memory = new(StringComparer.Ordinal);
    private readonly LoggerFactory _logging;

    public SlackHost()
    {
        _logging = new LoggerFactory([Log]);
        Channel = new SlackChannel(new ChannelHost
        {
            Options = () => Options,
            Texts = () => AlertTexts.In(AlertLanguage.En),
            TimeZone = () => TimeZoneInfo.Utc,
            Service = "orders-mcp",
            Alerts = () => throw new NotSupportedException(),
            Memory = this,
            Logging = _logging,
            Time = TimeProvider.System,
            IsPoolStarved = static () => false,
        });
    }

    public AlertChannelOptions Options { get; } = new();

    public SlackChannel Channel { get; }

    public RecordedLogs Log { get; } = new();

    public static SlackHost OfBot(SlackServer server) => new()
    {
        Options = { Slack = { BotToken = SlackServer.Token, Channel = "#oncall", BaseUrl = server.ApiAddress } },
    };

    public static SlackHost OfWebhook(SlackServer server) => new() { Options = { Slack = { WebhookUrl = server.WebhookAddress } } };

    /// <summary>Sends as the engine does: on a thread of its own.</summary>
    public DeliveryResult Send(AlertNotification notification, CancellationToken? stop = null) => OnThread(() => Channel.Send(notification, stop ?? TestContext.Current.CancellationToken));

    public DeliveryResult Check() => OnThread(() => Channel.Check(TestContext.Current.CancellationToken));

    string? IChannelMemory.Find(string channel, string key) => _memory.GetValueOrDefault(key);

    void IChannelMemory.Keep(string channel, string key, string value, TimeSpan lifetime) => _memory[key] = value;

    bool IChannelMemory.TryAdd(string channel, string key, string value, TimeSpan lifetime) => _memory.TryAdd(key, value);

    public void Dispose()
    {
        _logging.Dispose();
        Log.Dispose();
    }

    private static DeliveryResult OnThread(Func<DeliveryResult> call)
    {
        DeliveryResult result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = call();
            }
            catch (Exception fault)
            {
                failure = fault;
            }
        });
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
        Assert.Null(failure);
        return result;
    }
}
