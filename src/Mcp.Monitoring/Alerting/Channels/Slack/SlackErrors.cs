using System.Collections.Frozen;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Slack;

/// <summary>What Slack's refusals mean: whether another attempt can help, and what somebody must do about it. Slack says most of them with HTTP 200.</summary>
internal static class SlackErrors
{
    private const string Bot = "alerts.channels.slack.bot_token", Channel = "alerts.channels.slack.channel", Webhook = "alerts.channels.slack.webhook_url";

    private static readonly FrozenSet<string> Passing = FrozenSet.Create(
        StringComparer.Ordinal,
        "rate_limited", "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "rollup_error", "timeout", "team_added_to_org", "org_login_required",
        "message_limit_exceeded");

    private static readonly FrozenSet<string> OfBlocks = FrozenSet.Create(
        StringComparer.Ordinal,
        "invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long", "msg_too_long", "too_many_attachments", "attachment_payload_limit_exceeded");

    private static readonly FrozenSet<string> OfThread = FrozenSet.Create(
        StringComparer.Ordinal,
        "thread_not_found", "cannot_reply_to_message", "restricted_action_thread_locked", "restricted_action_non_threadable_channel",
        // The thread stays where it began, also when another channel is set since.
        "channel_not_found", "not_in_channel", "is_archived");

    private static readonly FrozenSet<string> OfMessage = FrozenSet.Create(StringComparer.Ordinal, "message_not_found", "cant_update_message");

    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["channel_not_found"] = $"the channel is not there, or the bot may not see it. Set {Channel} to a channel that it is in; to a private one invite it first",
        ["not_in_channel"] = "the bot is not in the channel. Invite it there: /invite @name-of-the-bot",
        ["is_archived"] = $"the channel is archived. Unarchive it or set {Channel} to another",
        ["channel_is_archived"] = $"the channel of the webhook is archived. Unarchive it, or make a webhook for another and set {Webhook}",
        ["invalid_auth"] = $"the token is not valid, or not from this address of the network. Set {Bot} to the Bot User OAuth Token of the app",
        ["not_authed"] = $"the token did not reach Slack. Set {Bot}, and look at what a proxy does to the header Authorization",
        ["account_inactive"] = $"the bot or its workspace is gone. Install the app again and set {Bot}",
        ["token_revoked"] = $"the token was revoked. Install the app again and set {Bot} to its new token",
        ["token_expired"] = $"the token has expired. Switch token rotation off for this app, or set {Bot} to a new one",
        ["missing_scope"] = "the token lacks the scope chat:write. Add it under OAuth & Permissions and install the app again",
        ["not_allowed_token_type"] = $"this kind of token may not post. Set {Bot} to the Bot User OAuth Token, which begins with xoxb-",
        ["no_permission"] = "the token may not post. Give the app the scope chat:write and invite the bot to the channel",
        ["access_denied"] = "the token may not post here. Ask an administrator of the workspace",
        ["restricted_action"] = $"a setting of the workspace keeps the bot from posting there. Ask its administrator, or set {Channel} to another",
        ["restricted_action_read_only_channel"] = $"the channel is read-only. Let the bot post there, or set {Channel} to another",
        ["restricted_action_thread_only_channel"] = $"the channel takes replies only. Set {Channel} to another",
        ["ekm_access_denied"] = "an administrator has suspended posting in the workspace. Ask them",
        ["accesslimited"] = "the workspace takes nothing from this network. Add this address to those that it allows, or set alerts.channels.slack.proxy_url",
        ["enterprise_is_restricted"] = $"the token is one of an organization. Install the app in a workspace and set {Bot} to the token of that",
        ["team_access_not_granted"] = "the token has no access to the workspace of the channel. Install the app there",
        ["two_factor_setup_required"] = "the workspace asks for two-factor authentication. The owner of the token must set it up",
        ["user_not_found"] = $"nobody is there by that name. Set {Channel} to a channel",
        ["no_service"] = $"the webhook was removed or switched off. Make a new one and set {Webhook}",
        ["no_active_hooks"] = $"the webhook is switched off. Switch it on or make a new one and set {Webhook}",
        ["no_service_id"] = $"the address of the webhook is incomplete. Copy it again and set {Webhook}",
        ["no_team"] = $"the workspace of the webhook is gone. Make one in another and set {Webhook}",
        ["team_disabled"] = $"the workspace of the webhook is switched off. Make one in another and set {Webhook}",
        ["invalid_token"] = $"the address of the webhook is wrong at its end. Copy it again and set {Webhook}",
        ["action_prohibited"] = "a setting of the workspace keeps the webhook from posting. Ask its administrator",
        ["posting_to_general_channel_denied"] = "the webhook may not post to #general. Make one for another channel",
        ["invalid_payload"] = $"the webhook takes messages of another form, such as those that start a workflow. Make an incoming webhook and set {Webhook}",
        ["unknown_method"] = "alerts.channels.slack.base_url is not the address of Slack's API. Set it to https://slack.com/api, or leave it out",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets what is said about in words, for the documentation.</summary>
    public static IEnumerable<string> Known => Words.Keys;

    /// <summary>Finds out whether the same message may be taken as text alone.</summary>
    public static bool IsAboutBlocks(string? code) => code is not null && OfBlocks.Contains(code);

    /// <summary>Finds out whether a reply may be taken outside of the thread.</summary>
    public static bool IsAboutThread(string? code) => code is not null && OfThread.Contains(code);

    /// <summary>Finds out whether there is no first message any more that this bot may change.</summary>
    public static bool IsAboutMessage(string? code) => code is not null && OfMessage.Contains(code);

    /// <summary>Draws the conclusion from an answer that is no success.</summary>
    public static DeliveryResult Of(SlackAnswer answer)
    {
        if (answer.Code is not { } code)
        {
            return answer.Reply.IsSuccess
                ? DeliveryResult.Retry($"slack: something that is not Slack's API answered with {answer.Reply.Status}. Look at alerts.channels.slack.base_url, and at proxies on the way.", answer.RetryAfter)
                : HttpOutcome.Of(SlackChannel.Named, answer.Reply, "Look at the address in alerts.channels.slack, and at proxies on the way.");
        }

        if (Passing.Contains(code) || answer.Reply.Status == 429)
        {
            return DeliveryResult.Retry($"slack: it cannot take messages at the moment ({code}).", answer.RetryAfter);
        }

        if (Words.TryGetValue(code, out string? words))
        {
            return DeliveryResult.Permanent($"slack: {words} ({code}).");
        }

        return OfBlocks.Contains(code)
            ? DeliveryResult.Permanent($"slack: it does not take this message, also not as text alone ({code}).")
            : DeliveryResult.Retry($"slack: it refused the message: {code}.", answer.RetryAfter);
    }
}
