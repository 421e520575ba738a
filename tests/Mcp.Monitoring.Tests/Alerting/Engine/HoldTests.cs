using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Tests.Alerting.Notifications;
using Mcp.Monitoring.Tests.Alerting.Scenarios;

namespace Mcp.Monitoring.Tests.Alerting.Engine;

/// <summary>A start while another process has the file: everything is judged at once, and only telling waits for what the file knows.</summary>
public class HoldTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    [Fact]
    public void What_is_raised_is_seen_at_once_and_told_to_nobody_before_the_file_opens()
    {
        var store = new HeldStore();
        using var night = new Night(begin: 3, store: store, channels: "telegram");
        Raise(night);

        night.Run(Moment);
        Assert.Equal(AlertState.Firing, Assert.Single(night.Alerts.List()).State);
        Assert.Equal(1, night.Metric("mcp_alerts", ("state", "firing")));
        night.Run(TimeSpan.FromSeconds(70));
        Assert.Empty(night.Told("telegram"));

        store.Open();
        night.Run(Moment);
        Assert.Single(night.Told("telegram"));
        Assert.Single(Raised(night));
    }

    [Fact]
    public void Rules_are_judged_and_the_health_check_is_well_while_the_file_is_held()
    {
        using var night = new Night(begin: 3, store: new HeldStore(), channels: "telegram");

        night.Run(TimeSpan.FromSeconds(85), Failing(night, perHour: 3_000));

        Assert.NotEmpty(night.Alerts.List());
        Assert.True(night.Metric("mcp_alerts") > 0);
        Assert.False(night.Health.HasProblem);
        Assert.InRange(night.Health.SinceEvaluation, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(85)]
    public void Outage_that_goes_on_over_a_restart_has_one_first_word_and_one_end(int held)
    {
        StateRows former = Former(night => night.Minutes(20, Failing(night, perHour: 3_000)));
        var store = new HeldStore(former);
        using var night = new Night(begin: 3.5, store: store, channels: "telegram");

        night.Run(TimeSpan.FromSeconds(held), Failing(night, perHour: 3_000));
        store.Open();
        night.Minutes(10, Failing(night, perHour: 3_000)).Minutes(30, Working(night));

        Assert.Contains("resolved", Assert.Single(Told(night)), StringComparison.Ordinal);
        Assert.Equal(AlertState.Resolved, Assert.Single(store.Rows.Of(StoredAlert.Table), row => row.Rule == "McpIntegrationDown").State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(45)]
    [InlineData(85)]
    public void Condition_that_began_while_the_file_was_held_is_told_when_it_would_have_been_told(int held)
    {
        var store = new HeldStore();
        using var night = new Night(begin: 3, store: store, channels: "telegram");
        using var other = new Night(begin: 3, store: new RecordingStore(), channels: "telegram");

        night.Run(TimeSpan.FromSeconds(held), Failing(night));
        store.Open();
        night.Minutes(20, Failing(night));
        other.Run(TimeSpan.FromSeconds(held), Failing(other)).Minutes(20, Failing(other));

        // The first evaluation comes a step earlier where it does not wait for the file.
        Assert.Equal(other.Told("telegram").Count, night.Told("telegram").Count);
        Assert.InRange((At(night.Told("telegram")[0]) - At(other.Told("telegram")[0])).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_code_raised_in_both_runs_is_one_alert_with_one_first_word_and_one_end()
    {
        StateRows former = Former(night =>
        {
            Raise(night);
            night.Minutes(3);
        });
        var store = new HeldStore(former);
        using var night = new Night(begin: 3.1, store: store, channels: "telegram");

        Raise(night);
        night.Run(TimeSpan.FromSeconds(60));
        Assert.Single(Raised(night));
        store.Open();
        night.Minutes(5);
        Assert.Single(Raised(night));
        Assert.Equal(former.Of(StoredAlert.Table).Single().Episode, Raised(night)[0].Id);
        night.Hours(1);

        Assert.Contains("resolved", Assert.Single(Told(night)), StringComparison.Ordinal);
        Assert.Equal(AlertState.Resolved, Assert.Single(store.Rows.Of(StoredAlert.Table), row => row.Rule == "McpIntegrationRaised").State);
    }

    [Fact]
    public void What_the_former_run_left_is_seen_in_the_step_that_opens_the_file()
    {
        StateRows former = Former(night => night.Minutes(20, Failing(night)));
        var store = new HeldStore(former);
        using var night = new Night(begin: 3.5, store: store, channels: "telegram");

        night.Run(TimeSpan.FromSeconds(60));
        store.Open();
        night.Run(TimeSpan.FromSeconds(5));

        Assert.Single(night.Alerts.ListIncidents());
        Assert.Contains(night.Alerts.List(state: AlertState.Firing), alert => alert.Name == "McpIntegrationDown");
    }

    [Fact]
    public void What_got_worse_while_the_file_was_held_is_told_as_that()
    {
        StateRows former = Former(night =>
        {
            Raise(night);
            night.Minutes(3);
        });
        var store = new HeldStore(former);
        using var night = new Night(begin: 3.1, store: store, channels: "telegram");

        Raise(night);
        Raise(night);
        Raise(night);
        night.Run(TimeSpan.FromSeconds(60));
        store.Open();
        night.Minutes(5);

        Assert.Equal(AlertSeverity.Critical, Assert.Single(Raised(night)).Severity);
        Assert.Contains("critical", Assert.Single(Told(night)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_ask_for_is_answered_from_what_the_file_knows()
    {
        StateRows former = Former(night => night.Minutes(20, Failing(night)));
        int number = Assert.Single(former.Of(StoredIncident.Table)).Incident.Number;
        var store = new HeldStore(former);
        using var night = new Night(begin: 3.5, store: store, channels: "telegram");

        Task<bool> acknowledged = night.Alerts.AcknowledgeAsync(number, "me");
        night.Run(TimeSpan.FromSeconds(60), Failing(night));
        Assert.False(acknowledged.IsCompleted);
        store.Open();
        night.Run(Moment, Failing(night));

        Assert.True(await acknowledged);
        night.Minutes(20, Failing(night));
        Assert.Equal(IncidentState.Acknowledged, Assert.Single(night.Alerts.ListIncidents()).State);
        Assert.DoesNotContain(night.Told("telegram"), line => line.Contains("not acknowledged", StringComparison.Ordinal));
    }

    [Fact]
    public void File_that_does_not_open_in_time_is_told_of_and_so_is_what_was_held()
    {
        var store = new HeldStore();
        using var night = new Night(begin: 3, store: store, channels: "telegram");
        Raise(night);

        night.Run(TimeSpan.FromSeconds(90));
        store.GiveUp("/data/alerts.db is locked by another process: database is locked (SQLite 5)");
        night.Run(Moment);
        Assert.Contains("1c", Assert.Single(night.Told("telegram")), StringComparison.Ordinal);
        night.Minutes(5);

        Assert.Contains(night.Told("telegram"), line => line.Contains("locked by another process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_while_the_file_is_held_leaves_nobody_waiting()
    {
        Task<bool> acknowledged;
        using (var night = new Night(begin: 3, store: new HeldStore(), channels: "telegram"))
        {
            Raise(night);
            acknowledged = night.Alerts.AcknowledgeAsync(1, "me");
            night.Run(Moment);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => acknowledged);
    }

    // What a run leaves that is killed.
    private static StateRows Former(Action<Night> run)
    {
        var store = new RecordingStore();
        using var night = new Night(begin: 3, store: store, channels: "telegram");
        run(night);
        Assert.NotEmpty(night.Told("telegram"));
        return store.Rows;
    }

    // Without the stop itself, and without calls to whoever has not acknowledged.
    private static string[] Told(Night night) =>
        [.. night.Told("telegram").Where(line => !line.Contains("unclean stop", StringComparison.Ordinal) && !line.Contains("not acknowledged", StringComparison.Ordinal))];

    private static Alert[] Raised(Night night) => [.. night.Alerts.List(state: AlertState.Firing).Where(alert => alert.Labels["alertname"] == "McpIntegrationRaised")];

    private static void Raise(Night night) => _ = night.Alerts.RaiseIntegrationAsync("1c", "get_order", "no free session");

    private static Action<TimeSpan> Failing(Night night, int perHour = 120) => Night.Evenly(perHour, _ =>
    {
        night.Integration("1c", "timeout", 5);
        night.Fail("get_order", "timeout", "1c");
    });

    private static Action<TimeSpan> Working(Night night) => Night.Evenly(120, _ =>
    {
        night.Integration("1c", "success", 0.1);
        night.Call("get_order");
    });

    private static TimeSpan At(string line) => TimeSpan.Parse(line[..8], System.Globalization.CultureInfo.InvariantCulture);
}
