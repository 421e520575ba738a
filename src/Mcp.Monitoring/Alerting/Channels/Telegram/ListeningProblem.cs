using Telegram.Bot.Exceptions;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Why answers cannot be read, in words.</summary>
internal static class ListeningProblem
{
    public static string Of(Exception fault, TelegramChannelOptions options) => fault switch
    {
        ApiRequestException { ErrorCode: 409 } answer when answer.Message.Contains("webhook", StringComparison.OrdinalIgnoreCase) =>
            "a webhook is set for the bot, and takes them. Delete it (deleteWebhook of the Bot API), or use another bot for alerts.",
        ApiRequestException { ErrorCode: 409 } =>
            "another process reads them with the same bot. Give each process a bot of its own, or set alerts.channels.telegram.allowed_users in one of them only.",
        _ => $"{BotFailure.Of(fault, options).Error}.",
    };
}
