using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>The buttons by which people answer a message, where the settings say who may. What a silence would match is remembered when the message is sent.</summary>
internal sealed class AnswerButtons(IChannelMemory memory, TimeProvider time, string service)
{
    /// <summary>How long a button works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int LongestMemory = 1_024;

    public IReadOnlyList<AnswerButton> Of(AlertNotification message, TelegramChannelOptions options, AlertTexts texts)
    {
        if (options.AllowedUsers.Count == 0 || message.EndedAt is not null || message.Kind is NotificationKind.Resolved or NotificationKind.FlappingEnded)
        {
            return [];
        }

        var code = new AnswerCode(options.BotToken!, service, options.ChatId!);
        var answer = new Answer(default, message.Incident ?? 0, AnswerCode.MessageOf(message.Id), time.GetUtcNow() + Lifetime);
        List<AnswerButton> buttons = [];
        if (message.Incident is not null)
        {
            buttons.Add(new AnswerButton(texts["button.acknowledge"], code.Write(answer with { Action = AnswerAction.Acknowledge })));
        }

        if (SilenceOf(message) is { } matchers)
        {
            memory.Keep(TelegramChannel.ChannelName, KeyOf(answer.Message), matchers, Lifetime);
            buttons.Add(new AnswerButton(texts["button.silence"], code.Write(answer with { Action = AnswerAction.Silence })));
        }

        if (message.Incident is not null)
        {
            buttons.Add(new AnswerButton(texts["button.resolve"], code.Write(answer with { Action = AnswerAction.Resolve })));
        }

        return buttons;
    }

    /// <summary>Gets what the alerts of a message have in common.</summary>
    /// <returns>Nothing, where it is not known any more.</returns>
    public IReadOnlyList<LabelMatcher> MatchersOf(string message)
    {
        string[] lines = memory.Find(TelegramChannel.ChannelName, KeyOf(message))?.Split('\n') ?? [];
        LabelMatcher[] matchers = [.. lines.Select(line => LabelMatcher.TryParse(line, out LabelMatcher? matcher, out _) ? matcher : null).OfType<LabelMatcher>()];
        return matchers.Length == lines.Length ? matchers : [];
    }

    private static string KeyOf(string message) => $"silence:{message}";

    private static string? SilenceOf(AlertNotification message) => SilencedLabels.Of(message) is { Count: > 0 } matchers
        && string.Join('\n', matchers) is { Length: <= LongestMemory } text
            ? text
            : null;
}
