using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Incidents;
using Mcp.Monitoring.Tests.Alerting.Pipeline;

namespace Mcp.Monitoring.Tests.Alerting.Incidents;

public class IncidentTests
{
    [Fact]
    public void Two_groups_of_one_key_are_one_incident_that_ends_by_itself_and_is_opened_again()
    {
        var scenario = new AlertScenario(new AlertOptions { Grouping = { By = ["alertname", "dependency"] } }, "telegram");
        ActiveAlert one = scenario.Fire("McpIntegrationErrors", AlertSeverity.Critical, "1c");
        ActiveAlert other = scenario.Fire("McpAuthBroken", AlertSeverity.Critical, "1c");
        scenario.At("05:00");
        Incident incident = Assert.Single(scenario.Manager.ListIncidents());
        Assert.Equal("orders-mcp/1c", incident.Key);
        Assert.Equal(2, incident.Alerts.Count);

        scenario.Resolve(one);
        scenario.At("07:00").Resolve(other);
        scenario.At("08:59");
        Assert.Equal(IncidentState.Triggered, scenario.Manager.ListIncidents().Single().State);
        scenario.At("09:02");
        Assert.Equal(IncidentState.Resolved, scenario.Manager.ListIncidents().Single().State);
        scenario.At("23:55");
        scenario.Fire("McpIntegrationErrors", AlertSeverity.Critical, "1c");
        scenario.At("24:02");

        incident = Assert.Single(scenario.Manager.ListIncidents());
        Assert.Equal((1, IncidentState.Triggered, 1), (incident.Number, incident.State, incident.Reopened));
        Assert.Null(incident.ResolvedAt);
    }

    [Fact]
    public void What_fires_long_after_the_end_is_another_incident()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00").Resolve(alert);
        scenario.At("18:01");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");

        scenario.At("19:00");

        Assert.Equal([2, 1], scenario.Manager.ListIncidents().Select(incident => incident.Number));
    }

    [Fact]
    public void An_incident_that_somebody_ended_stays_so_for_an_hour_and_is_opened_again_if_it_goes_on()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00");
        Assert.True(scenario.Done(scenario.Manager.ResolveIncidentAsync(1, "anna", "known")));
        Assert.False(scenario.Done(scenario.Manager.ResolveIncidentAsync(1, "anna")));

        scenario.At("1:04:59");
        Incident held = Assert.Single(scenario.Manager.ListIncidents());
        Assert.Equal((IncidentState.Resolved, "anna"), (held.State, held.ResolvedBy));
        Assert.Equal(["00:00:05 First critical McpIntegrationDown"], scenario.Told("telegram"));
        scenario.At("1:05:01");

        Incident again = Assert.Single(scenario.Manager.ListIncidents());
        Assert.Equal((IncidentState.Triggered, 1), (again.State, again.Reopened));
        Assert.Equal("01:05:00 Escalation critical McpIntegrationDown", scenario.Told("telegram")[^1]);
    }

    [Fact]
    public void The_alert_of_an_incident_that_somebody_ended_is_still_told_to_be_over()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("05:00");
        scenario.Done(scenario.Manager.ResolveIncidentAsync(1, "anna"));
        scenario.At("30:00").Resolve(alert);

        scenario.At("3:00:00");

        Assert.Equal(["00:00:05 First critical McpIntegrationDown", "00:30:00 Resolved critical McpIntegrationDown"], scenario.Told("telegram"));
        Assert.Single(scenario.Manager.ListIncidents());
    }

    [Fact]
    public void A_higher_severity_takes_an_acknowledgement_back()
    {
        var options = new AlertOptions { Incidents = { Severity = AlertSeverity.High } };
        var scenario = new AlertScenario(options, "telegram");
        ActiveAlert alert = scenario.Fire("McpCircuitBreakerOpen", AlertSeverity.High, "1c");
        scenario.At("01:00");
        Assert.True(scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna", "on it")));
        Assert.Equal("anna", scenario.Manager.ListIncidents().Single().AcknowledgedBy);

        scenario.At("02:00").Worsen(alert, AlertSeverity.Critical);
        scenario.At("02:05");

        Incident incident = scenario.Manager.ListIncidents().Single();
        Assert.Equal((IncidentState.Triggered, AlertSeverity.Critical), (incident.State, incident.Severity));
        Assert.Contains(incident.Timeline, entry => entry is { What: "acknowledged: on it", By: "anna" });
    }

    [Fact]
    public void A_lesser_alert_makes_no_incident_but_belongs_to_an_open_one()
    {
        var scenario = new AlertScenario("telegram");
        scenario.Fire("McpDbPoolExhausted", AlertSeverity.High, "orders_db");
        scenario.At("01:00");
        Assert.Empty(scenario.Manager.ListIncidents());
        scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.Fire("McpUserRule", AlertSeverity.Medium, "1c");

        scenario.At("10:00");

        Assert.Equal(2, scenario.Manager.ListIncidents().Single().Alerts.Count);
        Assert.Equal(1, scenario.Manager.List().Single(alert => alert.Name == "McpUserRule").Incident);
    }

    [Fact]
    public void Nobody_can_acknowledge_what_is_over_or_was_never_there()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert alert = scenario.Fire("McpIntegrationDown", AlertSeverity.Critical, "1c");
        scenario.At("01:00").Resolve(alert);
        scenario.At("10:00");

        Assert.False(scenario.Done(scenario.Manager.AcknowledgeAsync(1, "anna")));
        Assert.False(scenario.Done(scenario.Manager.AcknowledgeAsync(7, "anna")));
    }

    [Fact]
    public void A_timeline_keeps_its_beginning_and_its_newest()
    {
        var incident = new OpenIncident(1, "a/b", TimeSpan.Zero);
        for (int i = 0; i < 1_000; i++)
        {
            incident.Note(new IncidentEvent(DateTimeOffset.UnixEpoch, i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        Assert.Equal(200, incident.Timeline.Count);
        Assert.Equal(("0", "19", "820", "999"), (incident.Timeline[0].What, incident.Timeline[19].What, incident.Timeline[20].What, incident.Timeline[^1].What));
    }
}
