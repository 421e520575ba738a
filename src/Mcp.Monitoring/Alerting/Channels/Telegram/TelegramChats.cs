using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Which chats the bot has seen lately: for who has a token, and looks for the number of the chat.</summary>
internal static class TelegramChats
{
    private const int LongestTitle = 64;

    /// <summary>Lists the chats in which something was written to the bot within the last day, one a line: number, type, title.</summary>
    /// <param name="options">The settings; only the token, the address and the proxy count.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <exception cref="InvalidOperationException">Telegram did not tell them; the message says why.</exception>
    public static IReadOnlyList<string> Seen(TelegramChannelOptions options, CancellationToken cancellationToken)
    {
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
                fault is ApiRequestException { ErrorCode: 409 } ? $"The bot's chats cannot be read: {ListeningProblem.Of(fault, options)}" : BotFailure.Of(fault, options).Error);
        }
    }

    private static Chat? ChatOf(Update update) =>
        update.Message?.Chat ?? update.ChannelPost?.Chat ?? update.MyChatMember?.Chat ?? update.CallbackQuery?.Message?.Chat;

    private static string Line(Chat chat) => string.Create(CultureInfo.InvariantCulture,
        $"{chat.Id}  {chat.Type.ToString().ToLowerInvariant()}  {LineSanitizer.Of(chat.Title ?? $"{chat.FirstName} {chat.LastName}", LongestTitle)}");
}
