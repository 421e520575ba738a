using System.Globalization;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Shows what became of a pressed button: to who pressed it, and to all in the message, whose buttons for answers go.</summary>
internal sealed class AnswerReply(IChannelMemory memory, ILogger logger)
{
    /// <summary>The most UTF-16 units of a line that is added.</summary>
    public const int LongestLine = 198;

    /// <summary>How many units a message with buttons leaves free: each of its three works once, and adds a line.</summary>
    public const int Room = 3 * (2 + LongestLine);

    private const int LongestNote = 200;

    public void Show(BotApi api, CallbackQuery press, string told, string? line, CancellationToken cancellationToken)
    {
        Try(() => api.Call(new AnswerCallbackQueryRequest { CallbackQueryId = press.Id, Text = told.Length <= LongestNote ? told : told[..LongestNote], ShowAlert = line is null }, cancellationToken));
        if (line is not null && press.Message is { } message)
        {
            string[] lines = LinesOf(message, line);
            Try(() => Edit(api, message, lines, cancellationToken));
        }
    }

    // A press brings the message as it was when somebody pressed: what another did a moment before is not in it.
    private string[] LinesOf(Message message, string line)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"lines:{message.Chat.Id}:{message.Id}");
        string[] before = memory.Find(TelegramChannel.ChannelName, key)?.Split('\n') ?? [];
        string[] lines = [.. before.Append(line).Distinct(StringComparer.Ordinal)];
        memory.Keep(TelegramChannel.ChannelName, key, string.Join('\n', lines), AnswerButtons.Lifetime);
        return lines;
    }

    private static void Edit(BotApi api, Message message, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        InlineKeyboardButton[][] left = [.. (message.ReplyMarkup?.InlineKeyboard ?? []).Select(row => row.Where(button => button.Url is not null).ToArray()).Where(row => row.Length > 0)];
        var keyboard = new InlineKeyboardMarkup(left);
        string former = message.Text ?? "";
        string text = former;
        List<MessageEntity> entities = [.. message.Entities ?? []];
        foreach (string line in lines.Except(former.Split('\n'), StringComparer.Ordinal))
        {
            text = $"{text}\n\n{line}";
            entities.Add(new MessageEntity { Type = MessageEntityType.Italic, Offset = text.Length - line.Length, Length = line.Length });
        }

        if (former.Length == 0 || text.Length > TelegramEncoder.Longest)
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
                Text = text,
                Entities = entities,
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
