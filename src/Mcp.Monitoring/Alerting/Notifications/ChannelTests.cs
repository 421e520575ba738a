using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>The test messages that wait for their channels, or for an answer. It belongs to the engine's thread.</summary>
/// <param name="roster">The channels.</param>
/// <param name="clock">The clock.</param>
internal sealed class ChannelTests(ChannelRoster roster, AlertClock clock)
{
    private const int Most = 10, LongestName = 64;

    // For the answer of one that was told to stop.
    private static readonly TimeSpan ForAnswer = TimeSpan.FromSeconds(2);

    /// <summary>Takes a test, and answers at once where there is nothing to try.</summary>
    public void Add(string channel, ChannelTest test)
    {
        if (roster.Present.FirstOrDefault(queue => queue.Name == channel) is not { } queue)
        {
            string[] names = [.. roster.Present.Select(queue => queue.Name)];
            string there = names.Length == 0 ? "None is switched on: give one its address under alerts.channels." : $"There are: {string.Join(", ", names)}.";
            test.End(DeliveryResult.Permanent($"There is no channel {TextCut.At(channel, LongestName)}, or it is switched off. {NearestName.Suggest(channel, names)}{there}"));
        }
        else if (queue.Tests.Count >= Most)
        {
            test.End(DeliveryResult.Retry($"{queue.Name}: {Most} test messages wait already. Try again when they are through."));
        }
        else
        {
            test.BeginBy = clock.Now + queue.SendLimit;
            queue.Tests.Enqueue(test);
        }
    }

    /// <summary>Gives up what has waited for too long.</summary>
    public void Tick(TimeSpan now)
    {
        foreach (ChannelQueue queue in roster.All)
        {
            if (queue.Call is { Test: { } sent } call && now >= call.StopAt + ForAnswer)
            {
                sent.End(DeliveryResult.Unknown(Sentence($"{queue.Name}: no answer within {queue.SendLimit.TotalSeconds:0} s; the message may have arrived all the same")));
            }

            while (queue.Tests.TryPeek(out ChannelTest? waiting) && now >= waiting.BeginBy)
            {
                queue.Tests.Dequeue();
                waiting.End(DeliveryResult.Retry(Sentence(
                    $"{queue.Name}: nothing was sent, for the channel is busy with another message and has not ended for {queue.SendLimit.TotalSeconds:0} s. Try again later")));
            }
        }
    }

    /// <summary>Gets when <see cref="Tick"/> is due.</summary>
    public static TimeSpan NextOf(ChannelQueue queue)
    {
        TimeSpan next = queue.Tests.TryPeek(out ChannelTest? waiting) ? waiting.BeginBy : TimeSpan.MaxValue;
        return queue.Call is { Test.IsAnswered: false, StopAt: var stop } && stop + ForAnswer < next ? stop + ForAnswer : next;
    }

    /// <summary>Answers all that wait: nothing is tried any more.</summary>
    public void End()
    {
        foreach (ChannelQueue queue in roster.All)
        {
            queue.Call?.Test?.End(DeliveryResult.Unknown($"{queue.Name}: the host has stopped before the answer came."));
            while (queue.Tests.TryDequeue(out ChannelTest? waiting))
            {
                waiting.End(DeliveryResult.Retry($"{queue.Name}: the host has stopped before it was sent."));
            }
        }
    }

    private static string Sentence(FormattableString text) => FormattableString.Invariant(text) + ".";
}
