using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Alerting.Pipeline.Manual;

public class RaisingTests
{
    [Theory]
    [InlineData(ErrorType.Validation, AlertSeverity.Medium)]
    [InlineData(ErrorType.Transport, AlertSeverity.High)]
    [InlineData(ErrorType.Integration, AlertSeverity.Critical)]
    [InlineData(ErrorType.Auth, AlertSeverity.Critical)]
    [InlineData(ErrorType.Timeout, AlertSeverity.Medium)]
    [InlineData(ErrorType.CircuitBreaker, AlertSeverity.High)]
    [InlineData(ErrorType.Internal, AlertSeverity.Medium)]
    public void The_kind_of_error_decides_the_severity(ErrorType type, AlertSeverity severity)
    {
        var scenario = new AlertScenario("log");

        _ = scenario.Manager.RaiseErrorAsync(type, "get_order", "abc-1");
        scenario.At("00:01");

        Alert alert = Assert.Single(scenario.Manager.List());
        Assert.Equal((severity, "McpErrorRaised", type.Label(), "get_order"), (alert.Severity, alert.Name, alert.Labels["error_type"], alert.Labels["operation"]));
        Assert.Contains(alert.Facts, fact => fact == "Correlation id: abc-1.");
        Assert.DoesNotContain("abc-1", alert.Labels.Values);
    }

    [Theory]
    [InlineData(150, AlertSeverity.Medium)]
    [InlineData(151, AlertSeverity.High)]
    public void A_value_far_above_its_threshold_is_high(double value, AlertSeverity severity)
    {
        var scenario = new AlertScenario("log");

        _ = scenario.Manager.RaisePerformanceAsync("rows", value, 100, "export");
        scenario.At("00:01");

        Alert alert = Assert.Single(scenario.Manager.List());
        Assert.Equal((severity, value, 100), (alert.Severity, alert.Value, alert.Limit));
    }

    [Theory]
    [InlineData("04:59", AlertSeverity.Critical)]
    [InlineData("05:01", AlertSeverity.High)]
    public void A_dependency_that_is_raised_for_the_third_time_in_five_minutes_is_critical(string third, AlertSeverity severity)
    {
        var scenario = new AlertScenario("log");
        _ = scenario.Manager.RaiseIntegrationAsync("1c", "get_order", "refused");
        scenario.At("02:00");
        _ = scenario.Manager.RaiseIntegrationAsync("1c", "get_order", "refused");
        scenario.Step();
        Assert.Equal(AlertSeverity.High, scenario.Manager.List().Single().Severity);

        scenario.At(third);
        _ = scenario.Manager.RaiseIntegrationAsync("1c", "get_order", "refused");
        scenario.Step();
        scenario.At("05:10");

        Assert.Equal(severity, scenario.Manager.List().Single().Severity);
    }

    [Fact]
    public void What_is_not_raised_again_is_over_after_fifteen_minutes()
    {
        var scenario = new AlertScenario("telegram");
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "get_order");
        scenario.Step();
        scenario.At("10:00");
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "get_order");

        scenario.At("1:00:00");

        Assert.Equal(["00:00:30 First medium McpErrorRaised", "00:25:00 Resolved medium McpErrorRaised"], scenario.Told("telegram"));
        Assert.Equal(ResolveReason.Expired, scenario.Manager.List().Single().ResolveReason);
        Assert.Contains("raised 2 times", scenario.LastMessage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependency_that_answers_ends_what_was_raised_before()
    {
        var scenario = new AlertScenario("telegram");
        _ = scenario.Manager.RaiseIntegrationAsync("1c", "get_order", "refused");
        _ = scenario.Manager.RaiseIntegrationAsync("crm", "get_contact", "refused");
        scenario.Step();
        scenario.At("06:00");
        scenario.Pipeline.DependencySucceeded("1c", since: TimeSpan.FromMinutes(-1));
        scenario.Step();
        Assert.Equal(2, scenario.Manager.List(state: AlertState.Firing).Count);

        scenario.Pipeline.DependencySucceeded("1c", since: TimeSpan.FromMinutes(5));
        scenario.Step();
        scenario.At("07:00");

        Assert.Equal("crm", Assert.Single(scenario.Manager.List(state: AlertState.Firing)).Labels["dependency"]);
        Assert.Equal("00:06:00 Resolved high McpIntegrationRaised", scenario.Told("telegram")[^1]);
    }

    [Fact]
    public void Somebody_ends_what_code_raised_but_not_what_a_rule_found()
    {
        var scenario = new AlertScenario("telegram");
        ActiveAlert rule = scenario.Fire("McpHttpErrors", AlertSeverity.High);
        _ = scenario.Manager.RaiseAsync(new CustomAlert { Name = "ImportStuck", Severity = AlertSeverity.High, Summary = "no rows for an hour" });
        scenario.At("00:01");
        string raised = scenario.Manager.List().Single(alert => alert.Name == "ImportStuck").Id;

        Assert.True(scenario.Done(scenario.Manager.ResolveAsync(raised, "anna")));
        Assert.False(scenario.Done(scenario.Manager.ResolveAsync(raised, "anna")));
        Assert.False(scenario.Done(scenario.Manager.ResolveAsync(rule.Episode, "anna")));
        Assert.Equal(ResolveReason.Manual, scenario.Manager.List(state: AlertState.Resolved).Single().ResolveReason);
    }

    [Fact]
    public void Alerts_are_listed_by_severity_and_state_and_counted()
    {
        var scenario = new AlertScenario("log");
        scenario.Fire("McpA", AlertSeverity.Medium);
        scenario.Fire("McpB", AlertSeverity.Critical);
        scenario.Pend("McpC", AlertSeverity.High);
        scenario.Resolve(scenario.Fire("McpD", AlertSeverity.Critical));
        scenario.At("01:00");

        Assert.Equal(["McpB", "McpC", "McpA", "McpD"], scenario.Manager.List().Select(alert => alert.Name));
        Assert.Equal(["McpB", "McpD"], scenario.Manager.List(AlertSeverity.Critical).Select(alert => alert.Name));
        Assert.Equal(["McpC"], scenario.Manager.List(state: AlertState.Pending).Select(alert => alert.Name));
        Assert.Equal(1, scenario.Manager.Statistics.Alerts[(AlertState.Firing, AlertSeverity.Critical)]);
        Assert.Equal(0, scenario.Manager.Statistics.Alerts[(AlertState.Pending, AlertSeverity.Low)]);
        Assert.Equal(1, scenario.Manager.Statistics.Incidents[(Mcp.Monitoring.Alerting.IncidentState.Triggered, AlertSeverity.Critical)]);
    }

    [Theory]
    [InlineData("1st", "x", "a", "b", "name must be")]
    [InlineData("Stuck", " ", "a", "b", "no summary")]
    [InlineData("Stuck", "x", "a-b", "b", "cannot have a label")]
    [InlineData("Stuck", "x", "alertname", "b", "cannot have a label")]
    public void An_alert_that_has_not_the_form_is_refused(string name, string summary, string label, string value, string problem)
    {
        var scenario = new AlertScenario("log");
        var alert = new CustomAlert { Name = name, Severity = AlertSeverity.Low, Summary = summary, Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [label] = value } };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => { _ = scenario.Manager.RaiseAsync(alert); });

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_that_is_null_is_refused()
    {
        var scenario = new AlertScenario("log");
        var alert = new CustomAlert { Name = "Stuck", Severity = AlertSeverity.Low, Summary = "x", Facts = [null!] };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => { _ = scenario.Manager.RaiseAsync(alert); });

        Assert.Contains("facts is null", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_the_caller_fills_again_change_nothing_that_was_raised()
    {
        var scenario = new AlertScenario("log");
        List<string> facts = ["as it was"];
        _ = scenario.Manager.RaiseAsync(new CustomAlert { Name = "Stuck", Severity = AlertSeverity.Low, Summary = "x", Facts = facts });

        facts[0] = null!;
        scenario.At("00:01");

        Assert.Equal(["as it was"], Assert.Single(scenario.Manager.List()).Facts);
    }

    [Fact]
    public void After_the_stop_nothing_is_taken_and_nobody_waits()
    {
        var scenario = new AlertScenario("log");
        Task<bool> asked = scenario.Manager.AcknowledgeAsync(1, "anna");

        scenario.Pipeline.Stop();
        _ = scenario.Manager.RaiseErrorAsync(ErrorType.Internal, "get_order");
        scenario.Step();

        Assert.True(asked.IsFaulted);
        Assert.True(scenario.Manager.UnsilenceAsync("x").IsFaulted);
        Assert.Empty(scenario.Manager.List());
    }
}
