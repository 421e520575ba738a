using System.Globalization;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Sends a message, and once more in another way where Telegram says that only the way was wrong: the chat has moved, the topic is gone, the text cannot be read.</summary>
internal sealed class TelegramSender(MovedChats moved, ILogger logger)
{
    private const int MostWays = 4;

    private int _missingTopic;

    /// <returns>The reference of the message.</returns>
    public string Send(BotApi api, TelegramChannelOptions options, AlertNotification notification, TelegramMessage message, IReadOnlyList<AnswerButton> answers, CancellationToken cancellationToken)
    {
        string configured = options.ChatId!;
        string chat = moved.Of(configured);
        int? topic = options.TopicId;
        bool isPlain = false;
        for (int way = 1; ; way++)
        {
            try
            {
                var request = new SendMessageRequest
                {
                    ChatId = ChatOf(chat),
                    Text = isPlain ? message.Plain : message.Html,
                    ParseMode = isPlain ? ParseMode.None : ParseMode.Html,
                    MessageThreadId = topic,
                    DisableNotification = notification.IsSilent,
                    LinkPreviewOptions = LinkPreviewOptions.Disabled,
                    ReplyParameters = SentReference.In(chat, notification.ThreadReference) is { } first ? new ReplyParameters { MessageId = first, AllowSendingWithoutReply = true } : null,
                    ReplyMarkup = Keyboard(isPlain ? [] : message.Links, answers),
                };
                return SentReference.Of(chat, api.Call(request, cancellationToken).Id);
            }
            catch (ApiRequestException answer) when (way < MostWays)
            {
                if (answer.Parameters?.MigrateToChatId is { } target && chat == configured)
                {
                    moved.Keep(configured, target);
                    chat = moved.Of(configured);
                }
                else if (topic is { } missing && BotFailure.IsTopicMissing(answer))
                {
                    topic = null;
                    WarnOfTopic(missing);
                }
                else if (!isPlain && BotFailure.IsUnreadableText(answer))
                {
                    isPlain = true;
                    Log.SentPlain(logger, BotFailure.Text(answer));
                }
                else
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Finds out whether the bot sees its chat; nobody gets a message.</summary>
    public void Check(BotApi api, TelegramChannelOptions options, CancellationToken cancellationToken)
    {
        string configured = options.ChatId!;
        api.Call(new GetMeRequest(), cancellationToken);
        try
        {
            api.Call(new GetChatRequest { ChatId = ChatOf(moved.Of(configured)) }, cancellationToken);
        }
        catch (ApiRequestException answer) when (answer.Parameters?.MigrateToChatId is { } target && moved.Of(configured) == configured)
        {
            moved.Keep(configured, target);
            api.Call(new GetChatRequest { ChatId = target }, cancellationToken);
        }
    }

    // The library throws for a name without @.
    private static ChatId ChatOf(string chat) => long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : new ChatId(chat);

    private static InlineKeyboardMarkup? Keyboard(IReadOnlyList<LinkButton> links, IReadOnlyList<AnswerButton> answers)
    {
        InlineKeyboardButton[][] rows =
        [
            [.. links.Select(link => InlineKeyboardButton.WithUrl(link.Text, link.Url))],
            [.. answers.Select(answer => InlineKeyboardButton.WithCallbackData(answer.Text, answer.Code))],
        ];
        return rows.Any(row => row.Length > 0) ? new InlineKeyboardMarkup(rows.Where(row => row.Length > 0)) : null;
    }

    private void WarnOfTopic(int topic)
    {
        if (Interlocked.Exchange(ref _missingTopic, topic) != topic)
        {
            Log.TopicMissing(logger, topic);
        }
    }
}
