using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.Notifications;

/// <summary>What channels remember.</summary>
public class ChannelMemoryTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ChannelMemory _memory;
    private int _woken;

    public ChannelMemoryTests() => _memory = New();

    [Fact]
    public void A_text_is_found_by_its_channel_and_key_until_its_time_is_over()
    {
        _memory.Keep("telegram", "chat -100", "-100200", Hour);

        Assert.Equal("-100200", _memory.Find("telegram", "chat -100"));
        Assert.Null(_memory.Find("slack", "chat -100"));
        Assert.Null(_memory.Find("telegram", "chat -1"));
        _time.Advance(Hour - Tick);
        Assert.Equal("-100200", _memory.Find("telegram", "chat -100"));
        _time.Advance(Tick);
        Assert.Null(_memory.Find("telegram", "chat -100"));
    }

    [Fact]
    public void The_newest_text_counts()
    {
        _memory.Keep("telegram", "chat", "one", Hour);
        _memory.Keep("telegram", "chat", "two", Hour);

        Assert.Equal("two", _memory.Find("telegram", "chat"));
    }

    [Fact]
    public void What_is_there_is_not_added_again_before_its_time_is_over()
    {
        Assert.True(_memory.TryAdd("telegram", "press 1", "anna", Hour));
        Assert.False(_memory.TryAdd("telegram", "press 1", "boris", Hour));
        Assert.True(_memory.TryAdd("slack", "press 1", "boris", Hour));
        Assert.Equal("anna", _memory.Find("telegram", "press 1"));

        _time.Advance(Hour);

        Assert.True(_memory.TryAdd("telegram", "press 1", "boris", Hour));
        Assert.Equal("boris", _memory.Find("telegram", "press 1"));
    }

    [Fact]
    public void Of_many_at_the_same_time_one_is_the_first()
    {
        const int Presses = 500, Hands = 4;
        int[] first = new int[Presses];
        using var together = new Barrier(Hands);
        Thread[] hands = [.. Enumerable.Range(0, Hands).Select(_ => new Thread(() =>
        {
            for (int press = 0; press < Presses; press++)
            {
                together.SignalAndWait();
                if (_memory.TryAdd("telegram", press.ToString(CultureInfo.InvariantCulture), "x", Hour))
                {
                    Interlocked.Increment(ref first[press]);
                }
            }
        }) { IsBackground = true })];
        Array.ForEach(hands, hand => hand.Start());
        Assert.All(hands, hand => Assert.True(hand.Join(TimeSpan.FromSeconds(60))));

        Assert.All(first, count => Assert.Equal(1, count));
    }

    [Fact]
    public void It_lasts_over_a_restart_and_no_longer_than_its_time()
    {
        _memory.Keep("telegram", "chat", "-100200", Hour);
        _memory.Keep("telegram", "short", "gone", TimeSpan.FromMinutes(1));
        Assert.True(_memory.TryAdd("telegram", "press 1", "anna", Hour));
        StateRows rows = Saved();

        _time.Advance(TimeSpan.FromMinutes(5));
        ChannelMemory next = New();
        next.Load(rows);

        Assert.Equal("-100200", next.Find("telegram", "chat"));
        Assert.Null(next.Find("telegram", "short"));
        Assert.False(next.TryAdd("telegram", "press 1", "boris", Hour));
        Assert.True(next.TryAdd("telegram", "short", "again", Hour));
    }

    [Fact]
    public void What_was_learned_before_the_store_was_read_is_newer_than_what_the_former_run_knew()
    {
        _memory.Keep("telegram", "chat", "old", Hour);
        StateRows rows = Saved();
        ChannelMemory next = New();
        next.Keep("telegram", "chat", "new", Hour);

        next.Load(rows);

        Assert.Equal("new", next.Find("telegram", "chat"));
    }

    [Fact]
    public void What_is_new_is_saved_once_and_wakes_the_engine()
    {
        _memory.Keep("telegram", "chat", "one", Hour);
        Assert.False(_memory.TryAdd("telegram", "chat", "two", Hour));
        Assert.Equal(1, _woken);
        var changes = new StateChanges();
        _memory.Save(changes);
        Assert.False(changes.IsEmpty);

        var later = new StateChanges();
        _memory.Save(later);

        Assert.True(later.IsEmpty);
    }

    [Fact]
    public void It_is_full_at_ten_thousand_and_forgets_what_would_be_over_first()
    {
        _memory.Keep("slack", "gone", "x", TimeSpan.FromSeconds(1));
        _memory.Keep("slack", "long", "x", 100 * Hour);
        for (int i = 0; i < 3 * ChannelMemory.Most; i++)
        {
            _memory.Keep("telegram", i.ToString(CultureInfo.InvariantCulture), "x", Hour + TimeSpan.FromSeconds(i));
        }

        string[] found = [.. Enumerable.Range(0, 3 * ChannelMemory.Most).Select(i => i.ToString(CultureInfo.InvariantCulture)).Where(key => _memory.Find("telegram", key) is not null)];
        Assert.InRange(found.Length, ChannelMemory.Most * 9 / 10 - 2, ChannelMemory.Most);
        Assert.Equal("29999", found[^1]);
        Assert.Equal(found.Length, 1 + int.Parse(found[^1], CultureInfo.InvariantCulture) - int.Parse(found[0], CultureInfo.InvariantCulture));
        Assert.NotNull(_memory.Find("slack", "long"));
        Assert.Null(_memory.Find("slack", "gone"));
    }

    [Fact]
    public void A_text_that_is_too_long_is_a_mistake()
    {
        _memory.Keep("telegram", "chat", new string('x', 1_024), Hour);

        Assert.Throws<ArgumentException>(() => _memory.Keep("telegram", "chat", new string('x', 1_025), Hour));
        Assert.Throws<ArgumentException>(() => _memory.TryAdd("telegram", "other", new string('x', 1_025), Hour));
        Assert.Equal(1_024, _memory.Find("telegram", "chat")!.Length);
    }

    private ChannelMemory New() => new(new AlertClock(_time)) { Wake = () => _woken++ };

    // Written and read as the store does it.
    private StateRows Saved()
    {
        var rows = new SavedRows();
        var changes = new StateChanges();
        _memory.Save(changes);
        new RowStore(rows, () => true).Save(changes);
        return rows.All;
    }
}
