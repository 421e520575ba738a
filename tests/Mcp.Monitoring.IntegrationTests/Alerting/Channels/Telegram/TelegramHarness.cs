using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Channels;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.Channels;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>The channel and the Bot API server that it talks to.</summary>
internal sealed class TelegramHarness : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly LoggerFactory _logging;

    public TelegramHarness()
    {
        _logging = new LoggerFactory([Logs]);
        Options.Telegram.BotToken = BotServer.Token;
        Options.Telegram.ChatId = "-1001234";
        Options.Telegram.BaseUrl = Server.Url;
        Memory = new KeptTexts(TimeProvider.System);
        Channel = NewChannel();
    }

    public BotServer Server { get; } = new();

    public AlertChannelOptions Options { get; set; } = new();

    public KeptTexts Memory { get; }

    public RecordedLogs Logs { get; } = new();

    public TelegramChannel Channel { get; private set; }

    public static AlertNotification Message() => Outage.First() with { Runbook = "https://runbooks.example.com/1c" };

    /// <summary>Starts the channel anew, as after a restart of the host.</summary>
    public void Restart() => Channel = NewChannel();

    public DeliveryResult Send(AlertNotification? message = null, TimeSpan? limit = null)
    {
        using var stop = new CancellationTokenSource(limit ?? Limit);
        return Channel.Send(message ?? Message(), stop.Token);
    }

    public DeliveryResult Check()
    {
        using var stop = new CancellationTokenSource(Limit);
        return Channel.Check(stop.Token);
    }

    public void Dispose()
    {
        Server.Dispose();
        _logging.Dispose();
    }

    private TelegramChannel NewChannel() => new(new ChannelHost
    {
        Options = () => Options,
        Texts = () => AlertTexts.In(AlertLanguage.En),
        TimeZone = () => TimeZoneInfo.Utc,
        Service = "orders-mcp",
        Alerts = () => throw new InvalidOperationException("Nobody answers here."),
        Memory = Memory,
        Logging = _logging,
        Time = TimeProvider.System,
        IsPoolStarved = () => false,
    });
}
