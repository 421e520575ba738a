using System.Globalization;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>What an answer of HTTP means for a message, where a service has no answers of its own.</summary>
internal static class HttpOutcome
{
    /// <param name="channel">The channel's name.</param>
    /// <param name="reply">What was answered.</param>
    /// <param name="remedy">What to do about a refusal, a sentence.</param>
    public static DeliveryResult Of(string channel, HttpReply reply, string remedy) => reply.Status switch
    {
        >= 200 and < 300 => DeliveryResult.Delivered(),
        408 or 425 or 429 or >= 500 => DeliveryResult.Retry($"{channel}: {Words(reply.Status)}", reply.RetryAfter),
        >= 300 and < 400 => DeliveryResult.Permanent($"{channel}: {Words(reply.Status)}, which is not followed. Set the address that it leads to."),
        _ => DeliveryResult.Permanent($"{channel}: {Words(reply.Status)}. {remedy}"),
    };

    /// <summary>What became of a message to which no answer came.</summary>
    public static DeliveryResult Of(string channel, SendFailedException failure) => failure.MayHaveArrived
        ? DeliveryResult.Unknown($"{channel}: {failure.Message}")
        : DeliveryResult.Retry($"{channel}: {failure.Message}");

    /// <summary>Says a status in words.</summary>
    public static string Words(int status) => status switch
    {
        >= 300 and < 400 => $"answered {Number(status)}, a redirect",
        400 or 422 => $"answered {Number(status)}: it does not understand the message",
        401 => "answered 401: not signed in, or with a key that is not valid",
        403 => "answered 403: not allowed",
        404 or 410 => $"answered {Number(status)}: there is nothing at this address",
        405 => "answered 405: it takes no messages at this address",
        408 => "answered 408: the message took too long",
        413 => "answered 413: the message is too long",
        425 => "answered 425: too early",
        429 => "answered 429: too many messages",
        500 => "answered 500: it failed",
        502 or 504 => $"answered {Number(status)}: what is behind it does not answer",
        503 => "answered 503: it is not available now",
        _ => $"answered {Number(status)}",
    };

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
