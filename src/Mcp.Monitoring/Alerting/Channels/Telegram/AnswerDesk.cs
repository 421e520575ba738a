using System.Globalization;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Infrastructure.Timing;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Types;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Judges a pressed button and has done what it stands for: by who may, in the chat that is told, once. The listening thread.</summary>
internal sealed class AnswerDesk(ChannelHost host, MovedChats moved, ILogger logger)
{
    private const int LongestName = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SilenceLength = TimeSpan.FromHours(1);

    // Whoever presses again and again fills no log.
    private readonly TokenBucket _warnings = new(TimeSpan.FromMinutes(1), burst: 5);
    private readonly long _started = host.Time.GetTimestamp();

    /// <summary>Judges a press.</summary>
    /// <returns>What the person is told, and what the message is to say from then on; <see langword="null"/> where it stays as it is.</returns>
    public (string Told, string? Line) Take(CallbackQuery press, TelegramChannelOptions options, CancellationToken cancellationToken)
    {
        AlertTexts texts = host.Texts();
        string actor = ActorOf(press.From);
        if (press.Message?.Chat is not { } chat || !IsChat(chat, options.ChatId!) || !options.AllowedUsers.Contains(press.From.Id.ToString(CultureInfo.InvariantCulture)))
        {
            Warn(actor, press.Message?.Chat.Id ?? 0);
            return (texts["telegram.not_allowed"], null);
        }

        if (new AnswerCode(options.BotToken!, host.Service, options.ChatId!).Read(press.Data) is not { } answer)
        {
            return (texts["telegram.unknown"], null);
        }

        if (answer.ValidUntil < host.Time.GetUtcNow())
        {
            return (texts["telegram.expired"], null);
        }

        string once = $"pressed:{answer.Message}:{(byte)answer.Action}";
        if (!host.Memory.TryAdd(TelegramChannel.ChannelName, once, actor, AnswerButtons.Lifetime))
        {
            return (texts["telegram.used"], null);
        }

        try
        {
            string line = Do(answer, actor, texts, cancellationToken);
            Log.Answered(logger, actor, answer.Action, answer.Incident);
            return (line, line);
        }
        catch (Exception fault)
        {
            // It may be pressed again.
            host.Memory.Keep(TelegramChannel.ChannelName, once, "", TimeSpan.Zero);
            Log.AnswerFailed(logger, actor, LineSanitizer.Of(fault.Message, 200));
            return (texts["telegram.failed"], null);
        }
    }

    private string Do(Answer answer, string actor, AlertTexts texts, CancellationToken cancellationToken)
    {
        IAlertManager alerts = host.Alerts();
        DateTimeOffset now = host.Time.GetUtcNow();
        string name = actor["telegram:".Length..];
        string number = answer.Incident.ToString(CultureInfo.InvariantCulture);
        switch (answer.Action)
        {
            case AnswerAction.Acknowledge:
                return Wait(alerts.AcknowledgeAsync(answer.Incident, actor), cancellationToken)
                    ? texts.Say("telegram.acknowledged", name, Time(now))
                    : texts.Say("telegram.over", number);

            case AnswerAction.Resolve:
                return Wait(alerts.ResolveIncidentAsync(answer.Incident, actor), cancellationToken)
                    ? texts.Say("telegram.resolved", name, Time(now))
                    : texts.Say("telegram.over", number);

            case AnswerAction.Silence:
                IReadOnlyList<LabelMatcher> matchers = new AnswerButtons(host.Memory, host.Time, host.Service).MatchersOf(answer.Message);
                if (matchers.Count == 0)
                {
                    throw new InvalidOperationException("What it would silence is not known any more.");
                }

                DateTimeOffset end = now + SilenceLength;
                Wait(alerts.SilenceAsync(new Silence { Matchers = matchers, EndsAt = end, CreatedBy = actor, Comment = answer.Incident > 0 ? $"Telegram, incident {number}" : "Telegram" }), cancellationToken);
                return texts.Say("telegram.silenced", name, Time(end));

            default:
                throw new InvalidOperationException("Its button is of another version.");
        }
    }

    // They end on the engine's thread; the thread pool takes no part.
    private static T Wait<T>(Task<T> task, CancellationToken cancellationToken)
    {
        WaitHandle.WaitAny([((IAsyncResult)task).AsyncWaitHandle, cancellationToken.WaitHandle], Patience);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new TimeoutException("The alerts did not take it up in time.");
    }

    private string Time(DateTimeOffset at) => new LocalTimes(host.TimeZone(), host.Texts()).At(at, host.Time.GetUtcNow());

    private bool IsChat(Chat chat, string configured) => configured.StartsWith('@')
        ? string.Equals(configured[1..], chat.Username, StringComparison.OrdinalIgnoreCase)
        : chat.Id.ToString(CultureInfo.InvariantCulture) is var number && (number == configured || number == moved.Of(configured));

    private static string ActorOf(User user)
    {
        string name = LineSanitizer.Of(user.Username is { Length: > 0 } login ? $"@{login}" : $"{user.FirstName} {user.LastName}", LongestName);
        return string.Create(CultureInfo.InvariantCulture, $"telegram:{name} ({user.Id})");
    }

    private void Warn(string actor, long chat)
    {
        TimeSpan now = host.Time.GetElapsedTime(_started);
        if (_warnings.Wait(now) == TimeSpan.Zero)
        {
            _warnings.Take(now);
            Log.Stranger(logger, actor, chat);
        }
    }
}
