using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Infrastructure.Timing;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>Reads what is pressed in the chat, by long polling on a thread of its own, as long as the settings say who may answer.</summary>
#pragma warning disable CA1001 // As long as the process: a thread that is late may still wait on them.
internal sealed class TelegramListener(ChannelHost host, AnswerDesk desk, AnswerReply reply, ILogger logger)
#pragma warning restore CA1001
{
    private const int MostAtOnce = 10;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan PollOnStarvedPool = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeableTimer _timer = new(host.Time);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    private Thread? _thread;
    private string? _problem;

    /// <summary>Finds out whether the settings say who may answer, and where.</summary>
    public static bool IsWanted(TelegramChannelOptions options) =>
        options is { IsOn: true, AllowedUsers.Count: > 0, BotToken.Length: > 0, ChatId.Length: > 0 };

    public void Listen(Task ready)
    {
        lock (_lock)
        {
            if (_thread is not null)
            {
                _timer.Wake();
            }
            else if (IsWanted(host.Options().Telegram) && !_stop.IsCancellationRequested)
            {
                _thread = new Thread(() => Run(ready)) { IsBackground = true, Name = "Mcp.Monitoring telegram answers" };
                _thread.UnsafeStart();
            }
        }
    }

    public void Stop(TimeSpan limit)
    {
        Thread? thread;
        lock (_lock)
        {
            thread = _thread;
            _stop.Cancel();
        }

        _timer.Wake();
        thread?.Join(limit);
    }

    private void Run(Task ready)
    {
        WaitHandle.WaitAny([((IAsyncResult)ready).AsyncWaitHandle, _stop.Token.WaitHandle]);
        BotApi? api = null;
        try
        {
            Run(ref api);
        }
        finally
        {
            api?.Dispose();
        }
    }

    private void Run(ref BotApi? api)
    {
        int? offset = null;
        int failures = 0;
        while (GoesOn(out TelegramChannelOptions options))
        {
            try
            {
                if (api?.IsOf(options) != true)
                {
                    api?.Dispose();
                    api = new BotApi(options, host.IsPoolStarved);
                    offset = null;
                }

                Waited polled = Waited.FromNow();
                Update[] updates = Updates(api, offset);
                foreach (Update update in updates)
                {
                    offset = update.Id + 1;
                    if (update.CallbackQuery is { } press)
                    {
                        Answer(api, press);
                    }
                }

                failures = 0;
                Report(null);
                if (updates.Length == 0 && polled.Time < AtLeast)
                {
                    // A server that does not hold the poll is not asked without a pause.
                    _timer.Wait(AtLeast);
                }
            }
            catch (OperationCanceledException)
            {
                // Stopped, or with other settings from now on; a connection that died unseen is made anew.
            }
            catch (Exception fault)
            {
                failures++;
                if (fault is ApiRequestException || failures > 1)
                {
                    // A connection that breaks once is made anew, and nobody has missed anything.
                    Report(ListeningProblem.Of(fault, options));
                }

                _timer.Wait(_backoff.After(failures));
            }
        }
    }

    // The poll has a thread of its own, so that this one sees the host stop and settings change.
    private Update[] Updates(BotApi api, int? offset)
    {
        TimeSpan length = host.IsPoolStarved() ? PollOnStarvedPool : Poll;
        using var left = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        CancellationToken stop = left.Token;
        var request = new GetUpdatesRequest { Offset = offset, Limit = MostAtOnce, Timeout = (int)length.TotalSeconds, AllowedUpdates = [UpdateType.CallbackQuery] };
        Task<Update[]> poll = OwnThread.Run("Mcp.Monitoring telegram poll", () => api.Call(request, stop));
        WaitHandle[] ends = [((IAsyncResult)poll).AsyncWaitHandle, _stop.Token.WaitHandle];
        for (TimeSpan waited = TimeSpan.Zero; !poll.IsCompleted && waited < length + Overdue && IsStillOf(api); waited += Look)
        {
            WaitHandle.WaitAny(ends, Look);
        }

        if (poll.IsCompleted)
        {
            return poll.GetAwaiter().GetResult();
        }

        left.Cancel();
        throw new OperationCanceledException("The poll is not wanted any more.");
    }

    private bool IsStillOf(BotApi api) => !_stop.IsCancellationRequested && host.Options().Telegram is var options && IsWanted(options) && api.IsOf(options);

    private void Answer(BotApi api, CallbackQuery press)
    {
        // As they are now: who may answer can have changed while the press was waited for.
        (string told, string? line) = desk.Take(press, host.Options().Telegram, _stop.Token);
        reply.Show(api, press, told, line, _stop.Token);
    }

    private bool GoesOn(out TelegramChannelOptions options)
    {
        lock (_lock)
        {
            options = host.Options().Telegram;
            bool goesOn = IsWanted(options) && !_stop.IsCancellationRequested;
            _thread = goesOn ? _thread : null;
            return goesOn;
        }
    }

    // Each trouble once, and its end.
    private void Report(string? problem)
    {
        if (problem is not null && problem != _problem)
        {
            Log.AnswersUnread(logger, problem);
        }
        else if (problem is null && _problem is not null)
        {
            Log.AnswersRead(logger);
        }

        _problem = problem;
    }
}
