using System.Globalization;
using Mcp.Monitoring.Alerting.Texts;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Exceptions;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Tells alerts to a chat of Telegram, and has done what people answer there.</summary>
internal sealed class TelegramChannel : IConfiguredChannel, IListeningChannel, IDisposable
{
    public const string ChannelName = "telegram";

    private readonly ChannelHost _host;
    private readonly TelegramSender _sender;
    private readonly AnswerButtons _answers;
    private readonly Lazy<TelegramListener> _listener;
    private BotApi? _api;
    private volatile bool _isPoolStarved;

    public TelegramChannel(ChannelHost host)
    {
        _host = host;
        ILogger logger = host.Logging.CreateLogger("Mcp.Monitoring.Alerting");
        var moved = new MovedChats(host.Memory, logger);
        _sender = new TelegramSender(moved, logger);
        _answers = new AnswerButtons(host.Memory, host.Time, host.Service);
        _listener = new(() => new TelegramListener(host, new AnswerDesk(host, moved, logger), new AnswerReply(host.Memory, logger), logger));
    }

    public string Name => ChannelName;

    public bool IsOn => _host.Options().Telegram.IsOn;

    /// <summary>Gets the time between messages: a group takes 20 in a minute from a bot, a person one in a second.</summary>
    public TimeSpan Interval => IsPrivate ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(3.5);

    /// <summary>Gets how many may follow at once: with what the interval lets through, 20 in the first minute.</summary>
    public int Burst => 3;

    private bool IsPrivate => long.TryParse(_host.Options().Telegram.ChatId, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public DeliveryResult Send(AlertNotification notification, CancellationToken cancellationToken)
    {
        TelegramChannelOptions options = _host.Options().Telegram;
        _isPoolStarved = notification.IsThreadPoolStarved;
        return Try(options, api =>
        {
            if (options.ChatId == TelegramChannelOptions.NoChat)
            {
                return SeenChats.Tell(api, options, cancellationToken);
            }

            AlertTexts texts = _host.Texts();
            IReadOnlyList<AnswerButton> answers = _answers.Of(notification, options, texts);

            // Where only some may answer, a link by which all of the chat could is left out.
            AlertNotification told = options.AllowedUsers.Count > 0 ? notification with { Acknowledge = null } : notification;
            TelegramMessage message = TelegramEncoder.Encode(told, texts, answers.Count > 0 ? AnswerReply.Room : 0);
            return DeliveryResult.Delivered(_sender.Send(api, options, notification, message, answers, cancellationToken));
        });
    }

    public DeliveryResult Check(CancellationToken cancellationToken)
    {
        TelegramChannelOptions options = _host.Options().Telegram;
        _isPoolStarved = false;
        DeliveryResult result = Ask();

        // It sends nothing, so it may simply be asked again: the pool may have starved while it waited, and the transport goes another way from then on.
        return result.Status == DeliveryStatus.Unknown && !cancellationToken.IsCancellationRequested ? Ask() : result;

        DeliveryResult Ask() => Try(options, api =>
        {
            if (options.ChatId == TelegramChannelOptions.NoChat)
            {
                return SeenChats.Tell(api, options, cancellationToken);
            }

            _sender.Check(api, options, cancellationToken);
            return DeliveryResult.Delivered();
        });
    }

    public bool TakesAnswers => TelegramListener.IsWanted(_host.Options().Telegram);

    public void Listen(Task ready) => _listener.Value.Listen(ready);

    public void Stop(TimeSpan limit)
    {
        if (_listener.IsValueCreated)
        {
            _listener.Value.Stop(limit);
        }
    }

    public void Dispose() => _api?.Dispose();

    private DeliveryResult Try(TelegramChannelOptions options, Func<BotApi, DeliveryResult> call)
    {
        try
        {
            BotApi? api = _api;
            if (api?.IsOf(options) != true)
            {
                api = new BotApi(options, () => _isPoolStarved || _host.IsPoolStarved());
                Interlocked.Exchange(ref _api, api)?.Dispose();
            }

            return call(api);
        }
        catch (Exception fault) when (fault is RequestException or OperationCanceledException or ArgumentException)
        {
            return BotFailure.Of(fault, options);
        }
    }
}
