using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

internal static partial class Log
{
    [LoggerMessage(EventId = 660, EventName = "TelegramChatMoved", Level = LogLevel.Warning,
        Message = "The Telegram group {Chat} has become a supergroup with the number {Moved}. Messages go there; set alerts.channels.telegram.chat_id to it.")]
    public static partial void ChatMoved(ILogger logger, string chat, long moved);

    [LoggerMessage(EventId = 661, EventName = "TelegramTopicMissing", Level = LogLevel.Warning,
        Message = "The Telegram chat has no open topic {Topic}: messages go to the chat itself. Set alerts.channels.telegram.topic_id to another, or leave it out.")]
    public static partial void TopicMissing(ILogger logger, int topic);

    [LoggerMessage(EventId = 662, EventName = "TelegramSentPlain", Level = LogLevel.Warning,
        Message = "Telegram did not take the form of a message ({Problem}); it was sent as plain text.")]
    public static partial void SentPlain(ILogger logger, string problem);

    [LoggerMessage(EventId = 663, EventName = "TelegramStranger", Level = LogLevel.Warning,
        Message = "Somebody who may not answer pressed a button of an alert in Telegram: {User} in the chat {Chat}. Who may is in alerts.channels.telegram.allowed_users, and the chat in chat_id.")]
    public static partial void Stranger(ILogger logger, string user, long chat);

    [LoggerMessage(EventId = 664, EventName = "TelegramAnswersUnread", Level = LogLevel.Warning, Message = "Answers to alerts in Telegram are not read: {Problem} Messages are sent all the same.")]
    public static partial void AnswersUnread(ILogger logger, string problem);

    [LoggerMessage(EventId = 665, EventName = "TelegramAnswersRead", Level = LogLevel.Information, Message = "Answers to alerts in Telegram are read again.")]
    public static partial void AnswersRead(ILogger logger);

    [LoggerMessage(EventId = 666, EventName = "TelegramAnswerFailed", Level = LogLevel.Warning, Message = "What {User} asked for in Telegram was not done: {Problem}")]
    public static partial void AnswerFailed(ILogger logger, string user, string problem);

    [LoggerMessage(EventId = 667, EventName = "TelegramAnswered", Level = LogLevel.Information, Message = "{User} pressed {Button} of incident {Incident} in Telegram.")]
    public static partial void Answered(ILogger logger, string user, AnswerAction button, int incident);

    [LoggerMessage(EventId = 668, EventName = "TelegramReplyFailed", Level = LogLevel.Debug, Message = "Telegram did not show what became of an answer: {Problem}")]
    public static partial void ReplyFailed(ILogger logger, string problem);
}
