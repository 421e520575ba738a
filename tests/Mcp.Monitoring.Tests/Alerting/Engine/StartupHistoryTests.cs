using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Tests.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

public class RunHistoryTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.CreateCustomTimeZone("MSK", TimeSpan.FromHours(3), "MSK", "MSK");

    private readonly Dictionary<string, StoredFact> _facts = new(StringComparer.Ordinal);
    private DateTimeOffset _now = new(2026, 3, 1, 0, 2, 0, TimeSpan.Zero);

    [Fact]
    public void First_start_has_nothing_to_tell()
    {
        StartupHistory run = Start();

        Assert.False(run.WasUnclean);
        Assert.Null(run.DescribeStop(Moscow, AlertTexts.English));
        Assert.False(run.IsNewCrashLoop);
        Assert.False(run.IsNewVersion);
        Assert.Null(run.VersionBefore);
        Assert.Null(Tools(run, "get_order"));
    }

    [Fact]
    public void Start_after_a_clean_stop_has_nothing_to_tell()
    {
        Start();
        Evaluated();
        End();
        _now += TimeSpan.FromHours(1);

        Assert.Null(Start().DescribeStop(Moscow, AlertTexts.English));
    }

    [Fact]
    public void Unclean_stop_tells_from_when_to_when_the_server_was_down()
    {
        Start();
        Evaluated();
        _now += TimeSpan.FromMinutes(38);

        Assert.Equal("unclean stop, down 03:02–03:40", Start().DescribeStop(Moscow, AlertTexts.English));
    }

    [Fact]
    public void Short_time_down_is_told_in_seconds_and_a_long_one_with_its_days()
    {
        Start();
        Evaluated();
        _now += TimeSpan.FromSeconds(12);
        Assert.Equal("unclean stop, down 03:02:00–03:02:12", Start().DescribeStop(Moscow, AlertTexts.English));

        Evaluated();
        _now += TimeSpan.FromDays(2);
        Assert.Equal("unclean stop, down 2026-03-01 03:02–2026-03-03 03:02", Start().DescribeStop(Moscow, AlertTexts.English));
    }

    [Fact]
    public void Crash_before_the_first_evaluation_counts_from_the_start()
    {
        Start();
        _now += TimeSpan.FromMinutes(5);

        Assert.Equal("unclean stop, down 03:02–03:07", Start().DescribeStop(Moscow, AlertTexts.English));
    }

    [Fact]
    public void Clock_that_was_set_back_tells_no_times()
    {
        Start();
        Evaluated();
        _now -= TimeSpan.FromHours(1);

        Assert.Equal("unclean stop", Start().DescribeStop(Moscow, AlertTexts.English));
    }

    [Fact]
    public void Third_unclean_stop_in_ten_minutes_is_a_loop_and_told_once()
    {
        Start();
        bool[] told = [.. Enumerable.Range(0, 6).Select(_ => RestartedInLoop(isTold: true))];

        Assert.Equal([false, false, true, false, false, false], told);
    }

    [Fact]
    public void Loop_in_which_nobody_lives_long_enough_to_tell_it_is_told_by_the_first_who_does()
    {
        Start();
        bool[] told = [.. Enumerable.Range(0, 6).Select(run => RestartedInLoop(isTold: run == 4))];

        Assert.Equal([false, false, true, true, true, false], told);
    }

    [Fact]
    public void Three_unclean_stops_in_more_than_ten_minutes_are_no_loop()
    {
        Start();

        Assert.DoesNotContain(true, Enumerable.Range(0, 6).Select(_ =>
        {
            _now += TimeSpan.FromMinutes(5);
            return Start().IsNewCrashLoop;
        }));
    }

    [Fact]
    public void Loop_that_begins_again_after_quiet_is_told_again()
    {
        Start();
        Crash(3);
        End();
        _now += TimeSpan.FromHours(1);
        Start();

        Assert.Equal([false, false, true], Crash(3));
    }

    [Fact]
    public void Clean_stop_within_a_loop_is_no_further_crash()
    {
        Start();
        Crash(2);
        End();
        _now += TimeSpan.FromMinutes(1);

        StartupHistory run = Start();
        Assert.Equal(2, run.UncleanStops);
        Assert.False(run.IsNewCrashLoop);
    }

    [Fact]
    public void Version_is_known_with_the_one_before_and_since_when()
    {
        DateTimeOffset first = _now;
        Start("1.4.1");
        End();
        _now += TimeSpan.FromDays(1);
        StartupHistory deployed = Start("1.4.2");
        End();
        _now += TimeSpan.FromDays(1);
        StartupHistory restarted = Start("1.4.2");

        Assert.Equal((true, "1.4.1", first.AddDays(1)), (deployed.IsNewVersion, deployed.VersionBefore, deployed.VersionSince));
        Assert.Equal((false, "1.4.1", first.AddDays(1)), (restarted.IsNewVersion, restarted.VersionBefore, restarted.VersionSince));
    }

    [Fact]
    public void Other_tools_than_before_are_told_those_that_are_gone_first()
    {
        Tools(Start(), "get_order", "get_stock");
        End();

        Assert.Equal("tools: −get_order +get_orders", Tools(Start(), "get_stock", "get_orders")?.Say(AlertTexts.English));
        Assert.Null(Tools(Start(), "get_orders", "get_stock"));
    }

    [Fact]
    public void Tools_that_were_never_known_leave_those_of_before()
    {
        Tools(Start(), "get_order");
        Start();

        Assert.Equal("tools: −get_order", Tools(Start())?.Say(AlertTexts.English));
    }

    [Fact]
    public void Long_list_of_tools_is_cut_and_counted()
    {
        Tools(Start(), "a");

        string told = Tools(Start(), ["a", .. Enumerable.Range(0, 30).Select(number => $"tool{number:00}")])!.Say(AlertTexts.English);

        Assert.EndsWith("+tool18 +tool19 and 10 more", told, StringComparison.Ordinal);
    }

    private StartupHistory Start(string version = "1.0")
    {
        var changes = new StateChanges();
        StartupHistory run = StartupHistory.Begin(_facts.Values, _now, version, changes);
        Save(changes);
        return run;
    }

    private void Evaluated() => _facts[StartupHistory.LastEvaluation] = new StoredFact(StartupHistory.LastEvaluation, StartupHistory.Write(_now));

    private void End()
    {
        var changes = new StateChanges();
        StartupHistory.EndCleanly(changes);
        Save(changes);
    }

    private bool[] Crash(int times) => [.. Enumerable.Range(0, times).Select(_ =>
    {
        _now += TimeSpan.FromMinutes(1);
        return Start().IsNewCrashLoop;
    })];

    private ToolChange? Tools(StartupHistory run, params string[] tools)
    {
        var changes = new StateChanges();
        ToolChange? change = run.ToolsKnown(tools, changes);
        Save(changes);
        return change;
    }

    private void Save(StateChanges changes)
    {
        foreach (StoredFact fact in changes.Of(StoredFact.Table))
        {
            _facts[fact.Name] = fact;
        }
    }

    private bool RestartedInLoop(bool isTold)
    {
        _now += TimeSpan.FromMinutes(2);
        bool isLoop = Start().IsNewCrashLoop;
        if (isLoop && isTold)
        {
            var changes = new StateChanges();
            StartupHistory.LoopIsTold(changes);
            Save(changes);
        }

        return isLoop;
    }
}
