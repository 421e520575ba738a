using Microsoft.Extensions.Logging;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Shows what became of a pressed button: to who pressed it, and to all in the message, whose buttons for answers go.</summary>
internal sealed class AnswerReply(ILogger logger)
{
    /// <summary>How many UTF-16 units a message with buttons leaves free for the line that is added to it.</summary>
    public const int Room = 240;

    private const int LongestNote = 200;

    public void Show(BotApi api, CallbackQuery press, string told, string? line, CancellationToken cancellationToken)
    {
        Try(() => api.Call(new AnswerCallbackQueryRequest { CallbackQueryId = press.Id, Text = told.Length <= LongestNote ? told : told[..LongestNote], ShowAlert = line is null }, cancellationToken));
        if (line is not null && press.Message is { } message)
        {
            Try(() => Edit(api, message, line, cancellationToken));
        }
    }

    private static void Edit(BotApi api, Message message, string line, CancellationToken cancellationToken)
    {
        InlineKeyboardButton[][] left = [.. (message.ReplyMarkup?.InlineKeyboard ?? []).Select(row => row.Where(button => button.Url is not null).ToArray()).Where(row => row.Length > 0)];
        var keyboard = new InlineKeyboardMarkup(left);
        if (message.Text is not { Length: > 0 } text || text.Length + line.Length + 2 > TelegramEncoder.Longest)
        {
            // Telegram does not give the text of old messages.
            api.Call(new EditMessageReplyMarkupRequest { ChatId = message.Chat.Id, MessageId = message.Id, ReplyMarkup = keyboard }, cancellationToken);
            return;
        }

        // The text as it came back, with its markup beside it: nothing has to be written or read as HTML anew.
        api.Call(
            new EditMessageTextRequest
            {
                ChatId = message.Chat.Id,
                MessageId = message.Id,
                Text = $"{text}\n\n{line}",
                Entities = [.. message.Entities ?? [], new MessageEntity { Type = MessageEntityType.Italic, Offset = text.Length + 2, Length = line.Length }],
                LinkPreviewOptions = LinkPreviewOptions.Disabled,
                ReplyMarkup = keyboard,
            },
            cancellationToken);
    }

    private void Try(Action call)
    {
        try
        {
            call();
        }
        catch (Exception fault) when (fault is RequestException or OperationCanceledException)
        {
            // It is done all the same: a press that is too old to be answered, a message that somebody has deleted.
            Log.ReplyFailed(logger, fault is ApiRequestException answer ? BotFailure.Text(answer) : fault.GetType().Name);
        }
    }
}
