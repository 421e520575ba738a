using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting.Rules;

namespace Mcp.Monitoring.Tests.Alerting.Scenarios;

/// <summary>Nights of several faults, and of one that changes or is only partial: what is told is true, once and under its own name. The fault begins at 03:00.</summary>
public class MixedNightsTests
{
    private const string Channel = "telegram";

    public static TheoryData<double, int, int> Retries()
    {
        var rows = new TheoryData<double, int, int>();
        foreach (double perHour in (double[])[3, 10, 30, 60, 120, 300, 600, 3_000])
        {
            foreach ((int tries, int seconds) in ((int, int)[])[(3, 5), (10, 10), (20, 10), (50, 25)])
            {
                rows.Add(perHour, tries, seconds);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Retries))]
    public void Agent_that_tries_again_and_again_for_seconds_is_told_to_nobody(double perHour, int tries, int seconds)
    {
        using Night night = Begun();
        night.Hours(2, Well(night, perHour));
        int made = 0;
        night.Run(TimeSpan.FromSeconds(seconds), _ =>
        {
            for (int end = made + (int)Math.Ceiling(5.0 * tries / seconds); made < Math.Min(end, tries); made++)
            {
                night.Fail("tool_a");
            }
        });
        night.Hours(5, Well(night, perHour));

        Assert.Empty(night.Told(Channel));
    }

    [Theory]
    [InlineData(0, 30, 40, 70)]
    [InlineData(0, 30, 10, 40)]
    [InlineData(0, 20, 120, 140)]
    [InlineData(0, 30, 0, 20)]
    public void Two_dependencies_that_fail_are_two_outages_with_their_own_ends_and_no_budget(int begin, int end, int otherBegin, int otherEnd)
    {
        using Night night = Begun();
        TimeSpan fault = TimeSpan.FromHours(2);
        bool Fails(int from, int to) => night.Now >= fault + TimeSpan.FromMinutes(from) && night.Now < fault + TimeSpan.FromMinutes(to);
        Action<TimeSpan> first = Night.Evenly(600, _ => Depends(night, "get_order", "1c", Fails(begin, end)));
        Action<TimeSpan> second = Night.Evenly(600, _ => Depends(night, "find_client", "crm", Fails(otherBegin, otherEnd)));
        night.Hours(12, now =>
        {
            first(now);
            second(now);
        });

        string[] told = [.. Told(night).Where(said => !said.Contains("· availability budget burning ·", StringComparison.Ordinal))];
        Assert.Matches("🔴 critical · 1c (down|errors) ·", told[0]);
        Assert.Single(told, said => said.Contains("🔴 critical · crm down", StringComparison.Ordinal));
        Assert.Single(told, said => said.Contains($"🟢 resolved · 1c · orders-mcp — {At(begin)}–{At(end)} MSK", StringComparison.Ordinal));
        Assert.Single(told, said => said.Contains($"🟢 resolved · crm · orders-mcp — {At(otherBegin)}–{At(otherEnd)} MSK", StringComparison.Ordinal));
        Assert.Equal(4, told.Length);
        Assert.All(Told(night).Except(told), said => Assert.Contains("(silent)", said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(600, 300, "internal")]
    [InlineData(600, 60, "timeout")]
    [InlineData(3_000, 3_000, "internal")]
    [InlineData(600, 300, "integration")]
    public void Tool_that_fails_for_a_reason_of_its_own_is_told_inside_the_outage_of_a_dependency_though_nothing_else_is_called(int perHour, int otherPerHour, string errorType)
    {
        using Night night = Begun();
        TimeSpan fault = TimeSpan.FromHours(2);
        Action<TimeSpan> dependent = Night.Evenly(perHour, number => Depends(night, Tool(number, 2), "1c", night.Now >= fault && night.Now < fault + TimeSpan.FromMinutes(30)));
        Action<TimeSpan> other = Night.Evenly(otherPerHour, _ => Call(night, "other", night.Now >= fault + TimeSpan.FromMinutes(10) && night.Now < fault + TimeSpan.FromMinutes(25) ? errorType : null));
        night.Hours(8, now =>
        {
            dependent(now);
            other(now);
        });

        Assert.Collection(
            Told(night),
            said => Assert.Contains("🔴 critical · 1c down ·", said, StringComparison.Ordinal),
            said => Assert.Matches("^03:1[0-3]:[0-9]{2} 🟠 high · other failing · .* since 03:10 MSK", said),
            said => Assert.Contains("🔴 critical · other failing · orders-mcp — now critical: ", said, StringComparison.Ordinal),
            said => Assert.Contains("🟢 resolved · other · orders-mcp — 03:10–03:25 MSK", said, StringComparison.Ordinal),
            said => Assert.Contains("🟢 resolved · 1c · orders-mcp — 03:00–03:30 MSK", said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3_000, 30, 60)]
    [InlineData(3_000, 30, 240)]
    [InlineData(10_000, 30, 120)]
    [InlineData(60, 180, 60)]
    public void Outage_that_was_said_to_have_stopped_and_comes_back_is_told_again_at_once(int perHour, int seconds, int pause)
    {
        using Night night = Begun();
        night.Hours(2, Well(night, perHour));
        night.Run(TimeSpan.FromSeconds(seconds), Bad(night, perHour));
        night.Run(TimeSpan.FromSeconds(pause), Well(night, perHour));
        TimeSpan back = night.Now;
        night.Minutes(30, Bad(night, perHour));
        night.Hours(5, Well(night, perHour));

        IReadOnlyList<string> told = Told(night);
        Assert.Contains(told, said => said.Contains("stopped at 03:0", StringComparison.Ordinal));
        string again = Assert.Single(told, said => said.Contains("goes on again: ", StringComparison.Ordinal));
        Assert.DoesNotContain("(silent)", again, StringComparison.Ordinal);
        Assert.InRange(TimeOf(again) - back - TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromMinutes(3));
        Assert.Single(told, said => said.Contains("🟢 resolved", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    public void Outage_of_all_that_becomes_one_of_some_is_no_longer_critical_and_ends_once(int some, int tools)
    {
        using Night night = Begun();
        night.Hours(2, Well(night, 600, tools));
        night.Minutes(20, Bad(night, 600, tools));
        night.Minutes(90, Night.Evenly(600, number => Call(night, Tool(number, tools), number % tools < some ? "integration" : null)));
        night.Hours(5, Well(night, 600, tools));

        IReadOnlyList<string> told = Told(night);
        Assert.Contains("🔴 critical · ", told[0], StringComparison.Ordinal);
        Assert.Matches("^03:2[5-6]:[0-9]{2} .* — no longer critical: ", Assert.Single(told, said => said.Contains("no longer critical", StringComparison.Ordinal)));
        Assert.Matches("^04:5[5-6]:[0-9]{2} .*03:00–04:(49|50) MSK", Assert.Single(told, said => said.Contains("🟢 resolved", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(600, 0.7, 1)]
    [InlineData(600, 0.9, 2)]
    [InlineData(1_500, 0.7, 5)]
    [InlineData(1_500, 0.9, 3)]
    [InlineData(3_000, 0.7, 1)]
    [InlineData(3_000, 0.8, 4)]
    [InlineData(10_000, 0.7, 6)]
    public void Outage_of_most_calls_is_over_for_nobody_while_it_goes_on(int perHour, double share, int seed)
    {
        using Night night = Begun();
        var random = new Random(seed);
        night.Hours(2, Well(night, perHour));
        night.Minutes(30, Night.Evenly(perHour, number => Call(night, Tool(number, 2), random.NextDouble() < share ? "integration" : null)));
        night.Hours(5, Well(night, perHour));

        IReadOnlyList<string> told = Told(night);
        Assert.NotEmpty(told);
        Assert.All(told.Where(said => TimeOf(said) < TimeSpan.FromHours(3.5)), said => Assert.DoesNotMatch("🟢|stopped at", said));
        Assert.All(told, said => Assert.True(AddsUp(said), said));
        Assert.All(told.Where(said => said.Contains("🟢", StringComparison.Ordinal)), said => Assert.Matches("–03:(29|30) MSK", said));
    }

    [Fact]
    public void Slow_database_that_begins_to_fail_is_told_to_fail()
    {
        using Night night = Begun();
        void Query(int number, double seconds, bool fails)
        {
            night.Query("orders_db", seconds, fails ? "error" : "success");
            night.Spend(Tool(number, 2), "orders_db", seconds);
            if (fails)
            {
                night.Fail(Tool(number, 2), "integration", "orders_db");
                return;
            }

            night.Call(Tool(number, 2), seconds: seconds + 0.05);
        }

        night.Hours(2, Night.Evenly(1_500, number => Query(number, 0.02, fails: false)));
        night.Minutes(15, Night.Evenly(1_500, number => Query(number, 4, fails: false)));
        night.Minutes(15, Night.Evenly(1_500, number => Query(number, 5, fails: true)));
        night.Hours(3, Night.Evenly(1_500, number => Query(number, 0.02, fails: false)));

        Assert.Collection(
            Told(night),
            said => Assert.Contains("🟡 medium · orders_db slow ·", said, StringComparison.Ordinal),
            said => Assert.Matches("^03:1[5-6]:[0-9]{2} 🔴 critical · orders_db errors · orders-mcp — now critical: [0-9]+ of [0-9]+ queries failed in 5 min", said),
            said => Assert.Contains("🟢 resolved · orders_db · orders-mcp — 03:00–03:30 MSK", said, StringComparison.Ordinal));
    }

    [Fact]
    public void Outage_in_which_nobody_calls_any_more_says_so_and_ends_when_the_last_call_failed()
    {
        using Night night = Begun();
        night.Hours(2, Well(night, 600));
        night.Minutes(8, Bad(night, 600));
        night.Hours(26);

        IReadOnlyList<string> told = Told(night);
        Assert.All(told.Where(said => said.Contains("still: ", StringComparison.Ordinal)), said => Assert.Contains("80 of 80 calls failed in 8 min, since ", said, StringComparison.Ordinal));
        Assert.All(told.Where(said => said.Contains("still: ", StringComparison.Ordinal)), said => Assert.Contains("No calls since 03:07:55.", said, StringComparison.Ordinal));
        Assert.Contains("⚪ ended · tool_a, tool_b fail: integration · orders-mcp — 24 Nov 03:00–03:07 MSK, 7 min. ", told[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(600)]
    public void Outage_that_spreads_to_all_tools_is_critical_in_the_thread_of_the_first(int perHour)
    {
        using Night night = Begun();
        night.Hours(2, Well(night, perHour, 5));
        TimeSpan fault = night.Now;
        night.Minutes(40, Night.Evenly(perHour, number => Call(night, Tool(number, 5), number % 5 < 1 + (int)((night.Now - fault).TotalMinutes / 6) ? "integration" : null)));
        night.Hours(5, Well(night, perHour, 5));

        IReadOnlyList<string> told = Told(night);
        Assert.Contains("🟠 high · tool_a failing ·", told[0], StringComparison.Ordinal);
        Assert.Contains(", since 03:00 MSK. ", Assert.Single(told, said => said.Contains("now critical: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(told.Where(said => said.Contains("🟢", StringComparison.Ordinal)), said => Assert.Matches("^03:4[5-6]", said));
    }

    // Nobody acknowledges in these nights; that this is said is told elsewhere.
    private static IReadOnlyList<string> Told(Night night) => [.. night.Told(Channel).Where(said => !said.Contains("not acknowledged for ", StringComparison.Ordinal))];

    private static Night Begun() => new(1, "1.4.2", store: null, static _ => { }, Channel);

    private static string Tool(int number, int tools) => $"tool_{(char)('a' + (number % tools))}";

    private static Action<TimeSpan> Well(Night night, double perHour, int tools = 2) => Night.Evenly(perHour, number => Call(night, Tool(number, tools), errorType: null));

    private static Action<TimeSpan> Bad(Night night, double perHour, int tools = 2) => Night.Evenly(perHour, number => Call(night, Tool(number, tools), "integration"));

    private static void Call(Night night, string tool, string? errorType)
    {
        if (errorType is null)
        {
            night.Call(tool);
            return;
        }

        night.Fail(tool, errorType);
    }

    private static void Depends(Night night, string tool, string dependency, bool fails)
    {
        night.Integration(dependency, fails ? "error" : "success", 0.1);
        if (fails)
        {
            night.Fail(tool, "integration", dependency);
            return;
        }

        night.Call(tool);
    }

    private static string At(int minutes) => $"{3 + (minutes / 60):00}:{minutes % 60:00}";

    private static TimeSpan TimeOf(string said) => TimeSpan.Parse(said[..8], System.Globalization.CultureInfo.InvariantCulture);

    // "15 of 17 calls failed in 1 min … Tools: tool_b 8, tool_a 7."
    private static bool AddsUp(string said)
    {
        Match failed = Regex.Match(said, @"— (?:[^:]*: )?(?<failed>[0-9,]+) of [0-9,]+ calls failed in .* Tools: (?<tools>[^.]*)\.", RegexOptions.None, TimeSpan.FromSeconds(1));
        return !failed.Success || Number(failed.Groups["failed"].Value) == failed.Groups["tools"].Value.Split(", ").Sum(tool => Number(tool.Split(' ')[1]));
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
