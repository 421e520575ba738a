using System.Globalization;
using Mcp.Monitoring.Alerting.Channels.Telegram;
using Mcp.Monitoring.Alerting.Notifications;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Mcp.Monitoring.Alerting;

/// <summary>Which chats the bot has seen lately: for who has a token, and looks for the number of the chat.</summary>
public static class TelegramChats
{
    /// <summary>The number of no chat, for who does not know that of theirs yet.</summary>
    public const string NotKnownYet = "0";

    private const int LongestTitle = 40, MostTold = 5;

    /// <summary>Lists the chats in which something was written to the bot within the last day, each as its number, with type and title.</summary>
    /// <param name="options">The settings; only the token, the address and the proxy count.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The chats.</returns>
    /// <exception cref="InvalidOperationException">Telegram did not tell them; the message says why.</exception>
    public static IReadOnlyList<string> Seen(TelegramChannelOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!TelegramSupport.IsIncluded)
        {
            throw new InvalidOperationException($"This program was published without Telegram ({TelegramSupport.Switch} is false).");
        }

        try
        {
            var request = new GetUpdatesRequest { AllowedUpdates = [UpdateType.Message, UpdateType.ChannelPost, UpdateType.MyChatMember, UpdateType.CallbackQuery] };
            return [.. new BotApi(options, static () => false).Call(request, cancellationToken).Select(ChatOf).OfType<Chat>().DistinctBy(chat => chat.Id).Select(Line)];
        }
        catch (Exception fault) when (fault is RequestException or OperationCanceledException or ArgumentException)
        {
            throw new InvalidOperationException(
                fault is ApiRequestException { ErrorCode: 409 } ? $"The bot's chats cannot be read: {ListeningProblem.Of(fault, options)}" : BotFailure.Of(fault, options).Error,
                fault);
        }
    }

    /// <summary>Says them, in the place of sending to a chat that is not known yet.</summary>
    public static DeliveryResult Tell(TelegramChannelOptions options, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> chats = Seen(options, cancellationToken);
            return DeliveryResult.Permanent(chats.Count == 0
                ? "telegram: no chat is set, and the bot has seen none within the last day. Write something to it, or in a group that it is in, and try again"
                : $"telegram: no chat is set. The bot has seen {string.Join(", ", chats.Take(MostTold))}{(chats.Count > MostTold ? ", and more" : "")}. Set alerts.channels.telegram.chat_id or TELEGRAM_CHAT_ID to the number of yours");
        }
        catch (InvalidOperationException fault)
        {
            return DeliveryResult.Permanent(fault.Message);
        }
    }

    private static Chat? ChatOf(Update update) =>
        update.Message?.Chat ?? update.ChannelPost?.Chat ?? update.MyChatMember?.Chat ?? update.CallbackQuery?.Message?.Chat;

    private static string Line(Chat chat) => string.Create(CultureInfo.InvariantCulture,
        $"{chat.Id} ({chat.Type.ToString().ToLowerInvariant()} {LineSanitizer.Of(chat.Title ?? $"{chat.FirstName} {chat.LastName}", LongestTitle)})");
}
