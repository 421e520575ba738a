using Mcp.Monitoring.Alerting.State;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Alerting.State;

public class UnsavedChangesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5), LongestTest = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();
    private readonly UnsavedChanges _unsaved;

    public UnsavedChangesTests()
    {
        _unsaved = new UnsavedChanges(most: 100, _time);
        _unsaved.Resume();
    }

    [Fact]
    public void Whoever_saves_waits_by_the_clock_of_the_rest_and_no_longer_than_the_limit()
    {
        Thread saving = Save();

        // The thread may not have come to its wait yet when the clock is moved.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _time.Advance(Limit / 10);
                return saving.Join(1);
            },
            LongestTest));

        Assert.InRange(_time.GetUtcNow() - _time.Start, Limit, TimeSpan.MaxValue);
        Assert.True(_unsaved.IsSlow);
    }

    [Fact]
    public void What_is_written_ends_the_wait_though_no_time_passes()
    {
        Thread saving = Save();
        _unsaved.Take(out long ticket);
        _unsaved.Written(ticket);

        Assert.True(saving.Join(LongestTest));
        Assert.False(_unsaved.IsSlow);
    }

    [Fact]
    public void What_is_held_in_memory_ends_the_wait_though_no_time_passes()
    {
        Thread saving = Save();
        _unsaved.Hold();

        Assert.True(saving.Join(LongestTest));
        Assert.False(_unsaved.IsSlow);
    }

    private Thread Save()
    {
        long ticket = _unsaved.Add(StoredFile.Changes(StoredFile.Fact("a")));
        var saving = new Thread(() => _unsaved.Wait(ticket, Limit));
        saving.Start();
        return saving;
    }
}
