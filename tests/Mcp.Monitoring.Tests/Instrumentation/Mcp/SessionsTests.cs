using System.Diagnostics;
using Mcp.Monitoring.Instrumentation.Mcp;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>Sessions and open questions are counted at the same cost for any number of them.</summary>
[Collection(nameof(Alone))]
public sealed class SessionsTests : IDisposable
{
    private const int Limit = 10_000;

    private readonly TestHost _host = new();
    private readonly Sessions _sessions;
    private int _last;

    public SessionsTests() => _sessions = _host.Services.GetRequiredService<ServerActivity>().Sessions;

    public static TheoryData<int> Numbers => [100, Limit - 1, Limit, 2 * Limit, 50_000];

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(Limit, 0)]
    [InlineData(Limit + 1, 1)]
    [InlineData(2 * Limit, Limit)]
    [InlineData((2 * Limit) + 7, Limit + 7)]
    public void Every_session_past_the_limit_is_dropped_once_however_many_messages_it_has(int sessions, int dropped)
    {
        string[] ids = [.. Enumerable.Range(0, sessions).Select(i => $"s{i}")];
        foreach (string id in ids)
        {
            Touch(id, isFirst: true);
        }

        for (int message = 0; message < 3; message++)
        {
            foreach (string id in ids)
            {
                Touch(id);
            }
        }

        Assert.Equal(dropped, Dropped);
        Assert.Equal(Math.Min(sessions, Limit), Active);
    }

    [Fact]
    public void Session_whose_beginning_was_not_seen_is_dropped_once_as_well()
    {
        Fill(Limit);
        for (int message = 0; message < 5; message++)
        {
            Touch("migrated");
        }

        Assert.Equal(1, Dropped);
    }

    [Fact]
    public void Sessions_that_end_make_room()
    {
        Fill(Limit + 5);
        for (int i = 0; i < 100; i++)
        {
            _sessions.Forget($"s{i}");
        }

        Assert.Equal(Limit - 95, Active);
        Touch("new", isFirst: true);
        Assert.Equal(Limit - 94, Active);
        Assert.Equal(5, Dropped);
    }

    [Fact]
    public void Sessions_that_ran_out_make_room_when_the_gauge_is_read()
    {
        Fill(2 * Limit);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, Active);

        Touch("new", isFirst: true);

        Assert.Equal(1, Active);
        Assert.Equal(Limit, Dropped);
    }

    [Fact]
    public void Session_ends_with_its_token_whenever_it_was_last_seen()
    {
        using var end = new CancellationTokenSource();
        Touch("a");
        _sessions.ForgetWhen("a", end.Token);
        _sessions.ForgetWhen("a", end.Token);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, Active);
        Touch("a");
        Assert.Equal(1, Active);

        end.Cancel();

        Assert.Equal(0, Active);
        Touch("b");
        Assert.Equal(1, Active);
    }

    [Fact]
    public void Message_that_is_handled_after_the_end_of_its_session_does_not_bring_it_back()
    {
        using var end = new CancellationTokenSource();
        Touch("a");
        _sessions.ForgetWhen("a", end.Token);
        end.Cancel();

        _sessions.Touch("a", isFirst: false, end.Token);

        Assert.Equal(0, Active);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Message_of_a_known_session_allocates_nothing_at_any_number(int number)
    {
        Fill(number);

        Assert.Equal(0, Allocation.Bytes(() => Touch("s7")));
    }

    [Fact]
    public void First_message_of_a_session_takes_as_long_at_20000_as_at_100()
    {
        long few = Fastest(() => Fill(100));
        long many = Fastest(() => Fill(2 * Limit));

        // To look at each would take a hundred times as long.
        Assert.InRange((double)many / few, 0, 20);
    }

    [Fact]
    public async Task Sessions_that_come_and_go_on_many_threads_are_all_accounted_for()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                string id = $"{thread % 4}-{i}";
                Touch(id, isFirst: true);
                Touch(id);
                if (i % 2 == 0)
                {
                    _sessions.Forget(id);
                }
            }
        })));

        // Two threads have each id: the second may bring back what the first has ended.
        Assert.InRange(Active, Limit, Limit);
        for (int thread = 0; thread < 4; thread++)
        {
            for (int i = 0; i < 5_000; i++)
            {
                _sessions.Forget($"{thread}-{i}");
            }
        }

        Assert.Equal(0, Active);
        double dropped = Dropped;
        Fill(Limit);
        Assert.Equal(dropped, Dropped);
    }

    private double Active => _host.Sample("mcp_sessions_active");

    private double Dropped => _host.Sample("mcp_monitoring_dropped_total", ("component", "sessions"), ("reason", "full"));

    private void Touch(string id, bool isFirst = false) => _sessions.Touch(id, isFirst, CancellationToken.None);

    private void Fill(int number)
    {
        for (int i = 0; i < number; i++)
        {
            Touch($"s{i}", isFirst: true);
        }
    }

    private long Fastest(Action prepare)
    {
        const int Messages = 1_000;
        prepare();
        long fastest = long.MaxValue;
        for (int round = 0; round < 7; round++)
        {
            string[] ids = [.. Enumerable.Range(0, Messages).Select(_ => $"n{_last++}")];
            long start = Stopwatch.GetTimestamp();
            foreach (string id in ids)
            {
                Touch(id, isFirst: true);
            }

            fastest = Math.Min(fastest, Stopwatch.GetTimestamp() - start);
            Array.ForEach(ids, _sessions.Forget);
        }

        return fastest;
    }
}
