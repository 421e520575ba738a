using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Tests.Slo;

public class SloRestartTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly Dictionary<(string, DateTimeOffset, TimeSpan), SloBucket> _stored = [];
    private readonly SettableTime _time = new();

    [Fact]
    public void Restart_keeps_the_budget()
    {
        ObservedBook first = Start();
        first.Pass(TimeSpan.FromHours(30), () => first.Call(count: 24), interval: TimeSpan.FromMinutes(1));
        first.Fail(50);
        first.Sample();
        Save(first);
        Dictionary<TimeSpan, SloEvents> before = Windows(first);

        // Down for a minute: nothing has happened in it.
        _time.Advance(TimeSpan.FromMinutes(1));
        ObservedBook second = Start();
        second.Sample();

        foreach ((TimeSpan window, SloEvents events) in before)
        {
            SloEvents after = second["availability"].Events(window);
            Assert.Equal(events.Bad, after.Bad);
            Assert.InRange(after.Total, events.Total - (2 * 60), events.Total);
        }

        Assert.Equal(first["availability"].BudgetRemaining, second["availability"].BudgetRemaining);
        Assert.Equal(first["latency_p95"].BudgetRemaining, second["latency_p95"].BudgetRemaining);
    }

    [Fact]
    public void Crash_loses_what_was_counted_since_the_last_time_it_was_stored()
    {
        ObservedBook first = Start();
        first.Pass(TimeSpan.FromMinutes(10), () => first.Call());
        Save(first);
        first.Pass(TimeSpan.FromSeconds(10), () => first.Call());

        ObservedBook second = Start();
        second.Sample();

        Assert.Equal(120, second["availability"].Events(Month).Total);
        Assert.Equal(122, first["availability"].Events(Month).Total);
    }

    [Fact]
    public void What_was_counted_before_it_is_loaded_is_added_and_nothing_is_replaced()
    {
        ObservedBook first = Start();
        first.Call(count: 40);
        first.Sample();
        Save(first);

        // The same minute: the file is read late.
        ObservedBook second = new(_time);
        second.Call(count: 5);
        second.Sample();
        Assert.Empty(second.Book.TakeChanged());
        second.Book.Load(_stored.Values);
        second.Book.Load(_stored.Values);
        Assert.Equal(45, second["availability"].Events(Month).Total);
        Save(second);

        ObservedBook third = Start();
        third.Sample();
        Assert.Equal(45, third["availability"].Events(TimeSpan.FromMinutes(5)).Total);
        Assert.Equal(45, third["availability"].Events(Month).Total);
    }

    [Fact]
    public void Only_what_changed_is_stored()
    {
        ObservedBook book = Start();
        book.Call(count: 3);
        book.Sample();

        Assert.Equal(9, book.Book.TakeChanged().Count());
        Assert.Empty(book.Book.TakeChanged());

        book.Fail();
        book.Sample();
        SloBucket[] changed = [.. book.Book.TakeChanged()];
        Assert.Equal(3, changed.Length);
        Assert.All(changed, bucket => Assert.Equal((3, 4, "availability:*:*"), (bucket.Good, bucket.Total, bucket.Indicator)));
        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)], changed.Select(bucket => bucket.Length));
        Assert.All(changed, bucket => Assert.Equal(0, bucket.Start.Ticks % bucket.Length.Ticks));
    }

    [Fact]
    public void Bucket_that_is_too_old_is_taken_out_of_the_store()
    {
        ObservedBook book = Start();
        book.Pass(TimeSpan.FromDays(4), () => book.Call(), interval: TimeSpan.FromMinutes(1));
        Save(book);

        // Of one indicator each: 6 hours of minutes, 3 days of 5 minutes, 4 days of hours; each with the ones begun and just ended.
        Assert.InRange(_stored.Values.Count(bucket => bucket.Length == TimeSpan.FromMinutes(1)), 3 * 360, 3 * 362);
        Assert.InRange(_stored.Values.Count(bucket => bucket.Length == TimeSpan.FromMinutes(5)), 3 * 864, 3 * 866);
        Assert.InRange(_stored.Values.Count(bucket => bucket.Length == TimeSpan.FromHours(1)), 3 * 96, 3 * 97);

        // After a month without a call nothing is left; also if it was not running.
        _time.Advance(TimeSpan.FromDays(31));
        ObservedBook later = Start();
        later.Sample();
        Save(later);
        Assert.Empty(_stored);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24 * 365 * 50)]
    public void Clock_that_was_ahead_in_the_former_run_loses_nothing(int hours)
    {
        ObservedBook first = Start();
        first.Pass(TimeSpan.FromMinutes(10), () => first.Call());
        first.SetClock(TimeSpan.FromHours(hours));
        first.Pass(TimeSpan.FromMinutes(10), () => first.Call());
        first.Fail(7);
        first.Sample();
        Save(first);

        first.SetClock(TimeSpan.FromHours(-hours));
        ObservedBook second = Start();
        second.Sample();
        Save(second);

        Assert.Equal(first["availability"].Events(Month), second["availability"].Events(Month));
        Assert.Equal(7, second["availability"].Events(TimeSpan.FromMinutes(5)).Bad);
        Assert.Equal(247, second["availability"].Events(TimeSpan.FromHours(1)).Total);
        ObservedBook third = Start();
        third.Sample();
        Assert.Equal(second["availability"].Events(Month), third["availability"].Events(Month));
    }

    [Fact]
    public void Machine_that_starts_in_1970_finds_its_budget_when_the_clock_is_set()
    {
        ObservedBook first = Start();
        first.Call(count: 500);
        first.Fail(5);
        first.Sample();
        Save(first);

        _time.Error = DateTimeOffset.UnixEpoch + TimeSpan.FromHours(1) - _time.GetUtcNow();
        ObservedBook second = Start();
        second.Pass(TimeSpan.FromMinutes(1), () => second.Call());
        Assert.Equal(5, second["availability"].Events(TimeSpan.FromHours(1)).Bad);
        _time.Error = TimeSpan.Zero;
        second.Sample();
        Save(second);

        ObservedBook third = Start();
        third.Sample();
        Assert.Equal(new SloEvents(512, 517), third["availability"].Events(Month));
        Assert.Equal(new SloEvents(512, 517), third["availability"].Events(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Objective_of_an_operation_finds_its_counts_when_the_operation_appears()
    {
        ObservedBook first = Start();
        first.Tool.Describe(new OperationTraits(Availability: 0.9));
        first.Fail(4);
        first.Sample();
        Save(first);

        ObservedBook second = Start();
        second.Sample();
        Assert.Equal(3, second.Book.Objectives.Count);
        second.Tool.Describe(new OperationTraits(Availability: 0.9));
        second.Sample();

        Assert.Equal(4, second["tools/search/availability"].Events(Month).Bad);
    }

    [Fact]
    public void Row_that_cannot_be_is_left_out()
    {
        DateTimeOffset start = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);
        var book = new ObservedBook(_time);
        book.Book.Load(
        [
            new("availability:*:*", start, TimeSpan.FromHours(1), 5, 4),
            new("availability:*:*", start, TimeSpan.FromHours(1), -1, 4),
            new("availability:*:*", start, TimeSpan.FromHours(2), 4, 4),
            new("availability:*:*", start, TimeSpan.FromHours(1), 3, 4),
        ]);
        book.Sample();

        Assert.Equal(new SloEvents(3, 4), book["availability"].Events(Month));
    }

    private ObservedBook Start()
    {
        var book = new ObservedBook(_time);
        book.Book.Load([.. _stored.Values]);
        return book;
    }

    private void Save(ObservedBook book)
    {
        foreach (SloBucket bucket in book.Book.TakeChanged())
        {
            if (bucket.Total == 0)
            {
                _stored.Remove((bucket.Indicator, bucket.Start, bucket.Length));
            }
            else
            {
                _stored[(bucket.Indicator, bucket.Start, bucket.Length)] = bucket;
            }
        }
    }

    private static Dictionary<TimeSpan, SloEvents> Windows(ObservedBook book) =>
        ((int[])[5, 30, 60, 120, 360, 1440, 4320, 43_200]).Select(minutes => TimeSpan.FromMinutes(minutes))
            .ToDictionary(window => window, book["availability"].Events);
}
