using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Alerting.Notifications;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>Nights of outages that no registered dependency explains, with all messages that people get in them; times are from the beginning of the fault, 03:00.</summary>
public class OutageNightsTests
{
    private static readonly TimeSpan Fault = TimeSpan.FromHours(3);

    [Theory]
    [InlineData(3, 5 * 60, 40 * 60 + 30)]
    [InlineData(30, 20, 4 * 60 + 30)]
    [InlineData(120, 20, 3 * 60)]
    [InlineData(600, 20, 90)]
    [InlineData(3_000, 20, 90)]
    public void Outage_of_an_upstream_is_one_message_and_one_end_at_any_traffic(int perHour, int minutes, int firstWordSeconds)
    {
        using Night night = Begun();
        night.Hours(2, Calls(night, perHour));
        night.Minutes(minutes, Acknowledged(night, Failures(night, perHour)));
        night.Hours(30, Calls(night, perHour));

        Assert.Collection(
            night.Told("telegram"),
            first =>
            {
                Assert.InRange(At(first) - Fault, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(firstWordSeconds));
                Assert.Contains(" 🔴 critical · get_order, get_stock fail: integration · orders-mcp — ", first, StringComparison.Ordinal);
                Assert.Contains(" calls failed in ", first, StringComparison.Ordinal);
                Assert.Contains(", since 03:00 MSK.", first, StringComparison.Ordinal);
            },
            end =>
            {
                TimeSpan firstSuccess = Fault + TimeSpan.FromMinutes(minutes);
                Assert.InRange(At(end) - firstSuccess, TimeSpan.Zero, TimeSpan.FromMinutes(6));
                Assert.Contains("(silent) 🟢 resolved · get_order, get_stock fail: integration · orders-mcp — 03:00–", end, StringComparison.Ordinal);
                Assert.Contains("It was critical, at worst ", end, StringComparison.Ordinal);
            });
    }

    [Theory]
    [InlineData(600)]
    [InlineData(3_000)]
    public void Upstream_that_comes_and_goes_for_an_hour_is_a_first_word_that_it_comes_and_goes_and_its_end(int perHour)
    {
        using Night night = Begun();
        night.Hours(2, Calls(night, perHour));
        for (int cycle = 0; cycle < 12; cycle++)
        {
            night.Minutes(2, Failures(night, perHour));
            _ = night.Alerts.AcknowledgeAsync(1, "anna");
            night.Minutes(3, Calls(night, perHour));
        }

        night.Hours(5, Calls(night, perHour));

        Assert.Collection(
            night.Told("telegram"),
            first => Assert.Contains(" 🔴 critical · get_order, get_stock fail: integration · ", first, StringComparison.Ordinal),
            flapping => Assert.Contains("— comes and goes: 4 times in ", flapping, StringComparison.Ordinal),
            end => Assert.Contains("(silent) 🟢 resolved · get_order, get_stock fail: integration · orders-mcp — has settled, 03:00–03:57 MSK, ", end, StringComparison.Ordinal));
    }

    [Fact]
    public void Starved_pool_and_a_rule_of_ones_own_are_told_at_once_in_their_own_words_while_an_outage_goes_on()
    {
        var late = new AlertRuleOptions { Name = "orders_late", Metric = "mcp_queue_size", Labels = ["queue=\"orders\""], Threshold = 10, For = TimeSpan.FromMinutes(1), Summary = "{value} orders are late" };
        using var night = new Night(1, "1.4.2", store: null, alerts => alerts.Rules.Add(late), "telegram");
        night.Hours(2, Calls(night, 600));
        night.Minutes(6, Failures(night, 600));
        _ = night.Alerts.AcknowledgeAsync(1, "anna");
        night.PoolQueue = 500;
        night.Queue("orders", 25);
        night.Minutes(3, Failures(night, 600));
        night.PoolQueue = 0;
        night.Queue("orders", 0);
        night.Minutes(11, Failures(night, 600));
        night.Hours(2, Calls(night, 600));

        string[] told = [.. night.Told("telegram")];
        Assert.Equal(6, told.Length);
        Assert.Contains(" critical · get_order, get_stock fail: integration · ", told[0], StringComparison.Ordinal);
        Assert.Contains("🟡 medium · orders_late · orders-mcp — 25 orders are late, since 03:06 MSK.", told[1], StringComparison.Ordinal);
        Assert.Contains("🟠 high · thread pool starved · orders-mcp — 500 work items wait for a thread, since 03:06 MSK.", told[2], StringComparison.Ordinal);
        Assert.InRange(At(told[2]), TimeSpan.FromHours(3) + TimeSpan.FromMinutes(8), TimeSpan.FromHours(3) + TimeSpan.FromMinutes(9));
        Assert.Single(told[3..5], line => line.Contains("resolved · orders_late · ", StringComparison.Ordinal));
        Assert.Single(told[3..5], line => line.Contains("resolved · thread pool starved · ", StringComparison.Ordinal));
        Assert.Contains("resolved · get_order, get_stock fail: integration · ", told[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Latency_that_leaks_for_90_minutes_is_a_first_word_one_that_it_is_much_worse_and_an_end_that_tells_the_worst()
    {
        using Night night = Begun();
        night.Hours(2, Night.Evenly(600, _ => night.Call("get_order", seconds: 0.1)));
        TimeSpan began = night.Now;
        night.Minutes(90, Night.Evenly(600, _ => night.Call("get_order", seconds: 0.1 + (5.9 * (night.Now - began) / TimeSpan.FromMinutes(90)))));
        night.Hours(5, Night.Evenly(600, _ => night.Call("get_order", seconds: 0.1)));

        Assert.Collection(
            night.Told("telegram"),
            first => Assert.Contains("(silent) 🟡 medium · p95 of get_order ", first, StringComparison.Ordinal),
            worse => Assert.Contains("(silent) 🟡 medium · p95 of get_order ", worse, StringComparison.Ordinal),
            end => Assert.Contains("🟢 resolved · get_order · orders-mcp — 03:06–04:34 MSK, 1 h 28 min. It was medium, at worst 04:29:45: p95 is 9.75 s, the limit is 500 ms; 50 calls in 5 min, 5.83 s on average", end, StringComparison.Ordinal));
        Assert.Contains("— much worse: p95 is ", night.Told("telegram")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3_000, false)]
    [InlineData(3_000, true)]
    public void Deploy_that_breaks_everything_for_30_seconds_is_one_message_that_it_has_stopped_and_an_end(int perHour, bool isFresh)
    {
        using Night night = Begun(begin: isFresh ? 3 : 1);
        if (!isFresh)
        {
            night.Hours(2, Calls(night, perHour));
        }

        night.Run(TimeSpan.FromSeconds(30), Failures(night, perHour, "internal"));
        night.Hours(5, Calls(night, perHour));

        Assert.Collection(
            night.Told("telegram"),
            only =>
            {
                Assert.Contains(" 🔴 critical · get_order, get_stock fail: internal · orders-mcp — ", only, StringComparison.Ordinal);
                Assert.Contains(", since 03:00 MSK, stopped at 03:00:25.", only, StringComparison.Ordinal);
            },
            end => Assert.Contains("(silent) 🟢 resolved · get_order, get_stock fail: internal · orders-mcp — 03:00:00–03:00:25 MSK, 25 s.", end, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, 300)]
    [InlineData(600, 20)]
    public void Restart_in_the_middle_of_an_outage_is_said_and_the_outage_is_not_told_anew(int perHour, int minutes)
    {
        var store = new RecordingStore();
        IReadOnlyList<string> before;
        using (var first = new Night(1, "1.4.2", store, Acknowledging, "telegram"))
        {
            first.Hours(2, Calls(first, perHour));
            first.Minutes(minutes / 2.0, Acknowledged(first, Failures(first, perHour)));
            first.Minutes(1);
            before = first.Told("telegram");
            first.Kill();
        }

        double again = 3 + (((minutes / 2.0) + 3) / 60);
        using var night = new Night(again, "1.4.2", store, Acknowledging, "telegram");
        night.Minutes(minutes / 2.0, Failures(night, perHour));
        night.Hours(24, Calls(night, perHour));

        Assert.Contains(" 🔴 critical · get_order, get_stock fail: integration · ", Assert.Single(before), StringComparison.Ordinal);
        Assert.Collection(
            night.Told("telegram"),
            stop => Assert.Contains(" unclean stop · ", stop, StringComparison.Ordinal),
            end => Assert.Contains("(silent) 🟢 resolved · get_order, get_stock fail: integration · orders-mcp — 03:00–", end, StringComparison.Ordinal));
    }

    [Fact]
    public void Weekend_with_three_calls_an_hour_is_silent()
    {
        using Night night = Begun();
        night.Hours(48, Calls(night, 3));

        Assert.Empty(night.ToldOnce);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(10, 10)]
    public void Agent_that_tries_a_failing_tool_again_and_again_within_seconds_calls_nobody(int tries, int seconds)
    {
        using Night night = Begun();
        night.Hours(2, Calls(night, 30));
        int made = 0;
        night.Run(TimeSpan.FromSeconds(seconds), _ =>
        {
            for (int i = 0; made < tries && i < tries * 5 / seconds; i++, made++)
            {
                night.Fail("get_order", "integration");
            }
        });
        night.Hours(5, Calls(night, 30));

        Assert.Equal(tries, made);
        Assert.Empty(night.ToldOnce);
    }

    [Fact]
    public void Agent_that_gives_up_after_three_tries_calls_nobody()
    {
        using Night night = Begun();
        night.Hours(2, Calls(night, 30));
        night.Fail("get_order", "integration");
        night.Fail("get_order", "integration");
        night.Fail("get_order", "integration");
        night.Hours(5);

        Assert.Empty(night.ToldOnce);
    }

    private static Night Begun(double begin = 1) => new(begin, "1.4.2", store: null, Acknowledging, "telegram");

    // Whoever looks after it does so to the end.
    private static void Acknowledging(AlertOptions alerts) => alerts.Incidents.AcknowledgeTimeout = TimeSpan.Zero;

    private static Action<TimeSpan> Acknowledged(Night night, Action<TimeSpan> happens)
    {
        bool isDone = false;
        return now =>
        {
            happens(now);
            if (!isDone && night.Told("telegram").Count > 0)
            {
                isDone = true;
                _ = night.Alerts.AcknowledgeAsync(1, "anna");
            }
        };
    }

    private static Action<TimeSpan> Calls(Night night, int perHour) => Night.Evenly(perHour, number => night.Call(number % 2 == 0 ? "get_order" : "get_stock"));

    private static Action<TimeSpan> Failures(Night night, int perHour, string errorType = "integration") =>
        Night.Evenly(perHour, number => night.Fail(number % 2 == 0 ? "get_order" : "get_stock", errorType));

    private static TimeSpan At(string told) => TimeSpan.ParseExact(told[..8], "hh\\:mm\\:ss", CultureInfo.InvariantCulture);
}
