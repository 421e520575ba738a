
namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>Five nights, with all messages that people get in them, word for word: nothing else may come.</summary>
public class FiveNightsTests
{
    [Theory]
    [InlineData(30, false, "03:04:20", "3 of 3 calls failed in 5 min, since 03:00 MSK. Tools: get_order 2, get_stock 1. Last success 02:59:00. Incident 1. v1.4.2, up 1 h 4 min.", "20 of 20")]
    [InlineData(30, true, "03:04:20", "3 of 3 calls failed in 5 min, since 03:00 MSK. Tools: get_order 2, get_stock 1. Errors: timeout 3. Last success 02:59:00. Incident 1. v1.4.2, up 1 h 4 min.", "20 of 20")]
    [InlineData(3_000, false, "03:00:35", "30 of 30 calls failed in 1 min, since 03:00 MSK. Tools: get_order 20, get_stock 10. Last success 02:59:55. Incident 1. v1.4.2, up 1 h.", "1,988 of 1,988")]
    [InlineData(3_000, true, "03:00:35", "30 of 30 calls failed in 1 min, since 03:00 MSK. Tools: get_order 20, get_stock 10. Errors: timeout 30. Last success 02:59:55. Incident 1. v1.4.2, up 1 h.", "1,988 of 1,988")]
    public void Outage_of_a_dependency_is_one_critical_and_one_end(int perHour, bool isBlackHole, string at, string story, string worst)
    {
        using Night night = FiveNights.Outage(perHour, isBlackHole, isAcknowledged: true);

        foreach (string channel in FiveNights.Everybody)
        {
            Assert.Equal(2, night.Told(channel).Count);
            Assert.Equal($"{at} 🔴 critical · 1c down · orders-mcp — {story}", night.Told(channel)[0]);
            Assert.Equal(
                $"03:45:00 (silent) 🟢 resolved · 1c · orders-mcp — 03:00–03:40 MSK, 40 min. It was critical, at worst 03:39:45: {worst} calls failed in 40 min. Incident 1. v1.4.2, up 1 h 45 min.",
                night.Told(channel)[1]);
        }
    }

    [Fact]
    public void Outage_that_nobody_acknowledges_is_told_again_after_15_and_30_minutes()
    {
        using Night night = FiveNights.Outage(perHour: 30, isBlackHole: true, isAcknowledged: false);

        Assert.Collection(
            night.Told("telegram"),
            first => Assert.StartsWith("03:04:20 🔴 critical · 1c down · orders-mcp — 3 of 3 calls failed", first, StringComparison.Ordinal),
            second => Assert.StartsWith("03:19:20 🔴 critical · 1c down · orders-mcp — not acknowledged for 15 min, step 2: 10 of 10 calls failed in 20 min", second, StringComparison.Ordinal),
            third => Assert.StartsWith("03:34:20 🔴 critical · 1c down · orders-mcp — not acknowledged for 30 min, step 3: 18 of 18 calls failed in 35 min", third, StringComparison.Ordinal),
            end => Assert.StartsWith("03:45:00 (silent) 🟢 resolved · 1c · orders-mcp — 03:00–03:40 MSK, 40 min. It was critical, at worst 03:39:45: 20 of 20", end, StringComparison.Ordinal));
    }

    [Fact]
    public void Slow_database_is_one_message_that_names_it_and_the_tools_and_one_end()
    {
        using Night night = FiveNights.SlowDatabase();

        Assert.Collection(
            night.ToldOnce,
            slow => Assert.Equal(
                "03:05:45 (silent) 🟡 medium · orders_db slow · orders-mcp — p95 of queries is 4.85 s, the limit is 500 ms; 250 queries in 5 min, 4 s on average, since 03:00 MSK. "
                + "Share of the tools' time spent in it: find_orders 98.8 %, get_order 98.8 %. Statements: select 250. v1.4.2, up 2 h 5 min.",
                slow),
            end => Assert.Equal(
                "03:29:45 (silent) 🟢 resolved · orders_db · orders-mcp — 03:00–03:24 MSK, 24 min. "
                + "It was medium, at worst 03:19:45: p95 of queries is 4.85 s, the limit is 500 ms; 250 queries in 5 min, 4 s on average. "
                + "Now: p95 of queries is 19.5 ms, the limit is 500 ms; 250 queries in 5 min, 20 ms on average. v1.4.2, up 2 h 29 min.",
                end));
    }

    [Fact]
    public void Client_that_loops_is_one_silent_message_that_names_it_and_one_end()
    {
        using Night night = FiveNights.LoopingClient();

        Assert.Collection(
            night.ToldOnce,
            first => Assert.Equal(
                "01:02:45 (silent) 🟡 medium · client loops on convert · orders-mcp — 3,301 calls refused in 5 min, none succeeded, since 01:00 MSK. Client: cursor. v1.4.2, up 1 h 2 min.",
                first),
            end => Assert.Equal(
                "02:10:00 (silent) 🟢 resolved · convert · orders-mcp — 01:00–02:05 MSK, 1 h 4 min. It was medium, at worst 01:59:45: 6,000 calls refused in 5 min, none succeeded. v1.4.2, up 2 h 10 min.",
                end));
    }

    [Fact]
    public void Deploy_that_breaks_one_tool_is_one_high_that_names_it_and_both_versions()
    {
        using Night night = FiveNights.BrokenDeploy();

        Assert.Equal(
            "00:08:45 🟠 high · tool_7 failing · orders-mcp — 7 of 7 calls failed in 3 min, since 00:06 MSK. Errors: internal 7. No success since the start. v1.5.0 (v1.4.2 before), up 2 min.",
            Assert.Single(night.ToldOnce));
        Assert.Equal(night.Told("telegram"), night.Told("slack"));
        Assert.Empty(night.Told("email"));
    }

    [Fact]
    public void Channel_that_is_dead_is_told_by_another_the_outage_too_and_afterwards_it_gets_one_digest()
    {
        using Night night = FiveNights.DeadChannel();

        const string Outage = "03:04:20 🔴 critical · 1c down · orders-mcp — 3 of 3 calls failed in 5 min, since 03:00 MSK. Tools: get_order 3. Last success 02:59:00. Incident 1. v1.4.2, up 6 h 4 min.";
        const string End = "03:45:00 (silent) 🟢 resolved · 1c · orders-mcp — 03:00–03:40 MSK, 40 min. It was critical, at worst 03:39:45: 20 of 20 calls failed in 40 min. Incident 1. v1.4.2, up 6 h 45 min.";
        Assert.Equal(
            [
                "22:00:45 🟠 high · channel telegram down · orders-mcp — the self-check failed, since 22:00 MSK. The error: 401 Unauthorized. v1.4.2, up 1 h.",
                "02:00:45 🟠 high · channel telegram down · orders-mcp — still: the self-check failed, since 23 Nov 22:00 MSK, 4 h. The error: 401 Unauthorized. v1.4.2, up 5 h.",
                Outage,
                End,
                "05:50:15 (silent) 🟢 resolved · telegram · orders-mcp — 23 Nov 22:00–05:45 MSK, 7 h 45 min. It was high, at worst 05:45:00: the self-check failed; the oldest unsent message waits for 2 h. v1.4.2, up 8 h 50 min.",
            ],
            night.Told("slack"));
        Assert.Equal([Outage, End], night.Told("email"));
        Assert.Equal(
            "05:45:00 (silent) 🟢 telegram works again · orders-mcp — 2 messages since 03:04 MSK went to slack instead: 1 is over. 1c (over): 03:00–03:40 MSK, 40 min.",
            Assert.Single(night.Told("telegram")));
    }
}
