using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>Compares what a receiver has got, over all lives of a process, with what there was to tell.</summary>
internal sealed class ChannelLedger
{
    private readonly Dictionary<int, Known> _conditions = [];

    public ChannelLedger(IReadOnlyList<ReceivedMessage> received)
    {
        Count = received.Count;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < received.Count; i++)
        {
            if (ids.Add(received[i].Id))
            {
                Take(received[i]);
            }
            else
            {
                Repeat(received[i], received[i - 1]);
            }
        }
    }

    public int Count { get; }

    public List<ReceivedMessage> Repeats { get; } = [];

    /// <summary>All that has begun was told, and that it is over; and nothing else.</summary>
    public void AssertAllTold(IReadOnlyDictionary<int, int> episodes)
    {
        foreach ((int condition, int count) in episodes)
        {
            Known known = _conditions[condition];
            Assert.Equal(Enumerable.Range(1, count), known.Begun);
            Assert.Equal(Enumerable.Range(1, count), known.Over);
        }

        Assert.Equal(episodes.Keys.Order(), _conditions.Keys.Order());
    }

    // A channel sends one at a time, so that a kill leaves one in doubt: that which was received last. It comes again once, first of all, unless that life is killed as well.
    private void Repeat(ReceivedMessage message, ReceivedMessage before)
    {
        Assert.True(message.IsMarked, $"{message} comes again and does not say so.");
        Assert.True(message.Id == before.Id && message.Life > before.Life, $"{message} comes again after {before}.");
        Repeats.Add(message);
    }

    // A message that comes for the first time: it says something new, and no end of what was never told.
    private void Take(ReceivedMessage message)
    {
        Known[] together = [.. _conditions.Where(known => World.AreTogether(known.Key, message.Alerts[0].Condition)).Select(known => known.Value)];
        Assert.False(message.Kind == nameof(NotificationKind.First) && together.Any(known => known.GoesOn), $"{message} is known already.");
        bool isNews = false;
        foreach (ToldOutage told in message.Alerts)
        {
            _conditions.TryAdd(told.Condition, new Known());
            isNews |= _conditions[told.Condition].Take(told, message);
        }

        foreach (Known known in together.Where(known => known.GoesOn && message.Kind == nameof(NotificationKind.Resolved)))
        {
            known.Over.Add(known.Begun[^1]);
        }

        Assert.True(isNews, $"{message} says nothing new.");
    }

    private sealed class Known
    {
        public List<int> Begun { get; } = [];

        public List<int> Over { get; } = [];

        public bool GoesOn => Begun.Count > Over.Count;

        public bool Take(ToldOutage told, ReceivedMessage message)
        {
            if (told.IsOver)
            {
                Assert.True(GoesOn && Begun[^1] == told.Episode, $"{message} tells the end of what was not told.");
                Over.Add(told.Episode);
                return true;
            }

            if (GoesOn && Begun[^1] == told.Episode)
            {
                return false;
            }

            Assert.False(GoesOn, $"{message} is about another episode than was told, of which the end was not.");
            Begun.Add(told.Episode);
            return true;
        }
    }
}
