using System.Globalization;
using System.Net;
using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;
using Telegram.Bot.Exceptions;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>What a failed call means, in words: what happened, and what to do.</summary>
internal static class BotFailure
{
    private const string Settings = "alerts.channels.telegram";
    private const int LongestText = 200;

    /// <summary>Judges a failed call.</summary>
    /// <param name="fault">How it failed.</param>
    /// <param name="options">The settings that it was made with.</param>
    public static DeliveryResult Of(Exception fault, TelegramChannelOptions options) => fault switch
    {
        ApiRequestException answer => OfAnswer(answer, options),
        _ when SentFault(fault) is { } failed => failed.MayHaveArrived ? DeliveryResult.Unknown($"telegram: {failed.Message}") : DeliveryResult.Retry($"telegram: {failed.Message}"),
        OperationCanceledException or { InnerException: OperationCanceledException } => DeliveryResult.Unknown($"telegram: {Host(options)} did not answer in time"),
        RequestException { HttpStatusCode: { } status } => OfStatus(status, options),
        ArgumentException => DeliveryResult.Permanent($"telegram: {Settings}.bot_token or .chat_id is none: set the token as @BotFather gave it, and the number of the chat"),
        _ => DeliveryResult.Unknown($"telegram: {Host(options)} gave no answer that can be read ({fault.GetType().Name})"),
    };

    /// <summary>Gets what Telegram wrote, as a message or the log may hold it.</summary>
    public static string Text(ApiRequestException answer) => LineSanitizer.Of(answer.Message, LongestText);

    public static bool IsUnreadableText(ApiRequestException answer) => answer.ErrorCode == 400
        && (Says(answer, "can't parse entities") || Says(answer, "BUTTON_URL_INVALID") || Says(answer, "inline keyboard button") || Says(answer, "BUTTON_TYPE_INVALID"));

    public static bool IsTopicMissing(ApiRequestException answer) => answer.ErrorCode == 400 && (Says(answer, "message thread not found") || Says(answer, "TOPIC_"));

    private static DeliveryResult OfAnswer(ApiRequestException answer, TelegramChannelOptions options) => answer.ErrorCode switch
    {
        429 => DeliveryResult.Retry("telegram: too many messages for now; it says when to go on", RetryAfter(answer)),
        401 => DeliveryResult.Permanent($"telegram: the bot's token is refused: it was revoked, or is not complete. Ask @BotFather for the token, and set {Settings}.bot_token or TELEGRAM_BOT_TOKEN"),
        404 => DeliveryResult.Permanent($"telegram: {Host(options)} knows no bot with this token. Check {Settings}.bot_token{(options.BaseUrl is null ? "" : " and base_url")}"),
        403 => DeliveryResult.Permanent($"telegram: {Forbidden(answer)}"),
        400 when Says(answer, "chat not found") || Says(answer, "PEER_ID_INVALID") => DeliveryResult.Permanent(
            $"telegram: the bot does not see the chat {options.ChatId}. Add it to the chat, or write to it there once, and set {Settings}.chat_id to the chat's number"),
        400 when Says(answer, "not enough rights") || Says(answer, "CHAT_WRITE_FORBIDDEN") || Says(answer, "CHAT_RESTRICTED") || Says(answer, "need administrator rights") || Says(answer, "have no rights") =>
            DeliveryResult.Permanent($"telegram: the bot may not write in the chat {options.ChatId}. Let its administrators allow that"),
        >= 500 => DeliveryResult.Retry($"telegram: {Host(options)} has a trouble of its own ({answer.ErrorCode.ToString(CultureInfo.InvariantCulture)})"),
        _ => DeliveryResult.Permanent($"telegram: refused with {answer.ErrorCode.ToString(CultureInfo.InvariantCulture)}: {Text(answer)}"),
    };

    private static string Forbidden(ApiRequestException answer) =>
        Says(answer, "blocked by the user") ? "the user has blocked the bot. Unblock it in that chat"
        : Says(answer, "kicked") || Says(answer, "not a member") ? $"the bot is not in the chat any more. Add it again, or set {Settings}.chat_id to another"
        : Says(answer, "initiate conversation") ? "the bot may not write first. Let the user press Start in the chat with it"
        : Says(answer, "deactivated") ? $"the account of the chat is gone. Set {Settings}.chat_id to another"
        : $"the bot may not write in the chat: {Text(answer)}";

    private static DeliveryResult OfStatus(HttpStatusCode status, TelegramChannelOptions options)
    {
        string number = ((int)status).ToString(CultureInfo.InvariantCulture);
        return status switch
        {
            HttpStatusCode.ProxyAuthenticationRequired => DeliveryResult.Permanent($"telegram: the proxy wants another name or password. Set them in {Settings}.proxy_url"),
            HttpStatusCode.GatewayTimeout => DeliveryResult.Unknown($"telegram: {Host(options)} answered 504"),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => DeliveryResult.Retry($"telegram: {Host(options)} answered {number}, and not as a Bot API does"),
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => DeliveryResult.Unknown($"telegram: {Host(options)} answered {number} with what is no answer of a Bot API. Check {Settings}.base_url"),
            < HttpStatusCode.BadRequest => DeliveryResult.Permanent($"telegram: {Host(options)} answered {number}, a redirect, which is not followed. Set {Settings}.base_url to where the Bot API is"),
            _ => DeliveryResult.Permanent($"telegram: {Host(options)} answered {number}, and not as a Bot API does. Check {Settings}.base_url"),
        };
    }

    private static SendFailedException? SentFault(Exception? fault) => fault is null or SendFailedException ? (SendFailedException?)fault : SentFault(fault.InnerException);

    private static TimeSpan? RetryAfter(ApiRequestException answer) => answer.Parameters?.RetryAfter is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static bool Says(ApiRequestException answer, string text) => answer.Message.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string Host(TelegramChannelOptions options) => new Uri(options.BaseUrl ?? TelegramChannelOptions.DefaultBaseUrl).Authority;
}
