using Mcp.Monitoring.Alerting;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Stages;

public class SilencingTests
{
    [Theory]
    [InlineData("team-name", 1)]
    [InlineData("team ", 1)]
    [InlineData("team", 1_001)]
    public void A_matcher_that_could_not_be_read_after_a_restart_is_refused(string name, int length)
    {
        var scenario = new AlertScenario("log");
        Silence silence = scenario.SilenceOf("a=\"b\"", TimeSpan.FromHours(1)) with { Matchers = [LabelMatcher.Equal(name, new string('x', length))] };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => { _ = scenario.Manager.SilenceAsync(silence); });

        Assert.Contains("could not be read again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resolve_is_told_although_silenced_if_the_firing_was_told()
    {
        var scenario = new AlertScenario("slack");
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("10:00");
        string thread = $"thread of {scenario.Delivered[0].Notification.Group}";
        scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromHours(2));

        scenario.At("20:00").Resolve(alert);
        scenario.At("4:00:00");

        Assert.Equal(["00:00:30 First high McpHttpErrors", "00:20:00 Resolved high McpHttpErrors"], scenario.Told("slack"));
        Assert.Equal(thread, scenario.LastMessage.ThreadReference);
    }

    [Fact]
    public void What_fires_and_ends_in_a_silence_is_not_told()
    {
        var scenario = new AlertScenario("slack");
        scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromHours(2));
        ActiveAlert alert = scenario.Fire("McpHttpErrors", AlertSeverity.High);

        scenario.At("20:00").Resolve(alert);
        scenario.At("4:00:00");

        Assert.Empty(scenario.Told());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_still_goes_on_at_the_end_of_a_silence_is_told_then(bool wasToldBefore)
    {
        var scenario = new AlertScenario("slack");
        if (!wasToldBefore)
        {
            scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromHours(1));
        }

        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("05:00");
        if (wasToldBefore)
        {
            scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromMinutes(55));
        }

        scenario.At("2:00:00");

        Assert.Equal([.. wasToldBefore ? ["00:00:30 First high McpHttpErrors"] : Array.Empty<string>(), "01:00:00 SilenceExpired high McpHttpErrors"], scenario.Told("slack"));
    }

    [Fact]
    public void A_silence_that_is_ended_before_its_time_has_what_goes_on_told()
    {
        var scenario = new AlertScenario("slack");
        Silence silence = scenario.Silence("alertname=\"McpHttpErrors\"", TimeSpan.FromHours(5));
        scenario.Fire("McpHttpErrors", AlertSeverity.High);
        scenario.At("20:00");

        Assert.True(scenario.Done(scenario.Manager.UnsilenceAsync(silence.Id)));
        Assert.False(scenario.Done(scenario.Manager.UnsilenceAsync(silence.Id)));
        scenario.At("30:00");

        Assert.Equal(["00:20:00 SilenceExpired high McpHttpErrors"], scenario.Told("slack"));
        Assert.Empty(scenario.Manager.ListSilences());
    }

    [Fact]
    public void A_critical_alert_in_a_silence_makes_an_incident_only_when_that_is_over()
    {
        var scenario = new AlertScenario("slack");
        scenario.Silence("dependency=\"1c\"", TimeSpan.FromMinutes(10));
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("09:00");
        Assert.Empty(scenario.Manager.ListIncidents());

        scenario.At("11:00");

        Assert.Equal(1, Assert.Single(scenario.Manager.ListIncidents()).Number);
        Assert.Equal(["00:10:00 SilenceExpired critical McpIntegrationDown"], scenario.Told("slack"));
    }

    [Fact]
    public void A_matcher_may_name_the_severity()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Silence("severity=\"medium\"", TimeSpan.FromHours(1));
        scenario.Fire("McpToolErrors", AlertSeverity.Medium, operation: "get_order");
        scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_stock");

        scenario.At("10:00");

        Assert.Equal(["00:00:30 First high McpToolFailing"], scenario.Told("telegram"));
    }

    [Fact]
    public void A_maintenance_window_over_midnight_silences_and_its_end_tells()
    {
        var options = new AlertOptions
        {
            Maintenance = { new MaintenanceOptions { Match = ["dependency=\"1c\""], From = "22:00", To = "04:30", TimeZone = "Europe/Moscow" } },
        };
        var scenario = new AlertScenario(options, "telegram"); // begins at 03:00 in Moscow
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("1:40:00");

        Assert.Equal(["01:30:00 SilenceExpired critical McpIntegrationDown"], scenario.Told("telegram"));
    }

    [Fact]
    public void A_silence_of_the_configuration_is_listed_and_silences_until_its_end()
    {
        var options = new AlertOptions { Silences = { new SilenceOptions { Match = ["alertname=~\"Mcp.*\""], Until = "2026-11-24T01:00:00Z", Comment = "move" } } };
        var scenario = new AlertScenario(options, "telegram");
        scenario.Fire("McpToolFailing", AlertSeverity.High, operation: "get_stock");
        scenario.At("30:00");
        Assert.Equal("move", Assert.Single(scenario.Manager.ListSilences()).Comment);
        Assert.Equal(1, scenario.Manager.Statistics.Silenced);

        scenario.At("1:10:00");

        Assert.Equal(["01:00:00 SilenceExpired high McpToolFailing"], scenario.Told("telegram"));
    }

    [Fact]
    public void There_are_no_more_silences_than_the_limit()
    {
        var scenario = new AlertScenario("telegram");
        for (int i = 0; i < 500; i++)
        {
            _ = scenario.Manager.SilenceAsync(scenario.SilenceOf($"operation=\"tool_{i}\"", TimeSpan.FromHours(1)));
        }

        Task<Silence> further = scenario.Manager.SilenceAsync(scenario.SilenceOf("operation=\"one_more\"", TimeSpan.FromHours(1)));
        scenario.Step();

        Assert.Contains("silences already", Assert.Throws<InvalidOperationException>(() => further.GetAwaiter().GetResult()).Message, StringComparison.Ordinal);
        Assert.Equal(500, scenario.Manager.ListSilences().Count);
    }

    [Theory]
    [InlineData("operation=~\".*\"", 1, "anna", "silence everything")]
    [InlineData("mcp_service=\"orders\"", 1, "anna", "silence everything")]
    [InlineData("alertname=~\"[A-Za-z_].*\"", 1, "anna", "silence everything")]
    [InlineData("operation=\"a\"", -1, "anna", "ended already")]
    [InlineData("operation=\"a\"", 24 * 367, "anna", "longer than a year")]
    [InlineData("operation=\"a\"", 1, "", "who made it")]
    public async Task A_silence_that_makes_no_sense_is_refused(string matcher, int hours, string by, string problem)
    {
        var scenario = new AlertScenario("telegram");

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => scenario.Manager.SilenceAsync(scenario.SilenceOf(matcher, TimeSpan.FromHours(hours)) with { CreatedBy = by }));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}
