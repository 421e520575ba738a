using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Which chats the bot has seen lately: for who has a token, and looks for the number of the chat.</summary>
internal static class SeenChats
{
    private const int LongestTitle = 40, MostTold = 5;

    /// <summary>Says in which chats something was written to the bot within the last day, each as its number, with type and title.</summary>
    public static DeliveryResult Tell(BotApi api, TelegramChannelOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetUpdatesRequest { AllowedUpdates = [UpdateType.Message, UpdateType.ChannelPost, UpdateType.MyChatMember, UpdateType.CallbackQuery] };
            string[] chats = [.. api.Call(request, cancellationToken).Select(ChatOf).OfType<Chat>().DistinctBy(chat => chat.Id).Select(Line)];
            return DeliveryResult.Permanent(chats.Length == 0
                ? "telegram: no chat is set, and the bot has seen none within the last day. Write something to it, or in a group that it is in, and try again"
                : $"telegram: no chat is set. The bot has seen {string.Join(", ", chats.Take(MostTold))}{(chats.Length > MostTold ? ", and more" : "")}. Set alerts.channels.telegram.chat_id or TELEGRAM_CHAT_ID to the number of yours");
        }
        catch (ApiRequestException conflict) when (conflict.ErrorCode == 409)
        {
            return DeliveryResult.Permanent($"The bot's chats cannot be read: {ListeningProblem.Of(conflict, options)}");
        }
    }

    private static Chat? ChatOf(Update update) =>
        update.Message?.Chat ?? update.ChannelPost?.Chat ?? update.MyChatMember?.Chat ?? update.CallbackQuery?.Message?.Chat;

    private static string Line(Chat chat) => string.Create(CultureInfo.InvariantCulture,
        $"{chat.Id} ({chat.Type.ToString().ToLowerInvariant()} {LineSanitizer.Of(chat.Title ?? $"{chat.FirstName} {chat.LastName}", LongestTitle)})");
}
