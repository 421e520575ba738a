using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Texts;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.StatusPage.Views;
using Mcp.Monitoring.Tests.Alerting.Scenarios;

namespace Mcp.Monitoring.Tests.StatusPage.Views;

/// <summary>What the page shows of a night, as it happens.</summary>
public sealed class StatusViewsTests
{
    [Fact]
    public void Server_without_calls_says_that_nothing_was_called()
    {
        using var page = new PageNight();
        page.Night.Minutes(3);

        StatusView status = page.Status();
        Assert.Equal((StateLevel.Healthy, "Nothing is wrong, and nothing was called in the last hour."), (status.State.Level, status.State.Sentence));
        Assert.Equal("Ошибок нет, и вызовов за последний час не было.", page.Status(AlertLanguage.Ru).State.Sentence);
        Assert.Equal("Europe/Moscow", status.TimeZone);
    }

    [Fact]
    public void Calls_of_the_last_hour_and_day_are_counted_as_they_were_made()
    {
        using var page = new PageNight(begin: 1);
        page.Night.Call("get_order");
        page.Night.Hours(2, Night.Evenly(60, _ => page.Night.Call("get_order")));
        page.Night.Call("get_price", OperationOutcome.ToolError);
        page.Night.Call("get_price", OperationOutcome.ClientError);
        page.Night.Call("get_price", OperationOutcome.Cancelled);
        page.Night.Call("get_price", OperationOutcome.InputRequired);
        page.Night.Run(TimeSpan.FromSeconds(10));

        StatusView status = page.Status();
        Assert.Equal(60, status.LastHour.Success, tolerance: 1);
        Assert.Equal((1, 1, 1, 1), (status.LastHour.ToolErrors, status.LastHour.ClientErrors, status.LastHour.Cancelled, status.LastHour.InputRequired));
        Assert.Equal(status.LastHour.Success + 3, status.LastHour.Calls);
        Assert.Equal(121, status.LastDay.Success, tolerance: 1);
        Assert.InRange(status.LastHour.P95!.Value, 0.02, 0.05);
        Assert.Equal(["get_order", "get_price"], status.Operations.Select(operation => operation.Name));
        Assert.Matches("^No alert fires: 6[2-4] calls in the last hour, 9[45]\\.?[0-9]* % succeeded, p95 .* ms\\.$", status.State.Sentence);
    }

    [Fact]
    public void Tool_that_fails_is_first_and_in_the_sentence_before_an_alert_fires()
    {
        using var page = new PageNight();
        page.Night.Minutes(5, Night.Evenly(3_600, _ => page.Night.Call("get_price")));
        page.Night.Call("get_order");
        page.Night.Run(TimeSpan.FromSeconds(5));
        page.Fail("get_order", new InvalidOperationException("It is broken."));
        page.Night.Run(TimeSpan.FromSeconds(5));

        StatusView status = page.Status();
        Assert.Equal("get_order", status.Operations[0].Name);
        Assert.True(status.Operations[0].IsFailing);
        Assert.Equal(StateLevel.Warning, status.State.Level);
        Assert.Equal("get_order fails: 1 of 2 calls in 5 min, last success 03:05:00 MSK. No alert fires yet.", status.State.Sentence);
        Assert.Equal("get_order не работает: 1 из 2 вызовов за 5 мин с ошибкой, последний успех в 03:05:00 МСК. Алерта пока нет.", page.Status(AlertLanguage.Ru).State.Sentence);

        page.Night.Call("get_order");
        page.Night.Run(TimeSpan.FromSeconds(10));
        Assert.False(page.Status().Operations.Single(operation => operation.Name == "get_order").IsFailing);
    }

    [Fact]
    public void Incident_tells_its_story_who_was_told_and_when_and_who_looks_after_it()
    {
        using var page = new PageNight(3, "telegram");
        page.Night.Minutes(5, Night.Evenly(600, _ => page.Night.Call("get_order")));
        page.Night.Minutes(5, Night.Evenly(600, _ =>
        {
            page.Night.Fail("get_order", "integration", "1c");
            page.Night.Integration("1c", "error", 0.1);
        }));

        StatusView status = page.Status();
        IncidentView incident = Assert.Single(status.Incidents);
        Assert.Equal((StateLevel.Critical, 1), (status.State.Level, status.State.Open));
        Assert.Equal(("1c", "triggered"), (incident.Cause, incident.State));
        Assert.Equal("first", incident.Told[0].Kind);
        Assert.Equal("telegram", incident.Told[0].Channel);
        Assert.InRange(incident.Told[0].At, incident.OpenedAt, incident.OpenedAt.AddMinutes(1));
        Assert.Equal(["dependency=\"1c\""], incident.Matchers);
        Assert.NotEmpty(incident.Timeline);
        Assert.Contains(incident.Alerts, alert => alert is { Name: "McpIntegrationDown", State: "firing", Value: not null, Limit: not null, Unit: "count" });
        Assert.Matches("^1c down: .+, since 03:05 MSK \\([0-9]+ min\\)\\. Told at 03:0[5-7] MSK by telegram\\. Nobody has acknowledged it\\.$", status.State.Sentence);

        Task<bool> acknowledged = page.Night.Alerts.AcknowledgeAsync(incident.Number, "Anna");
        page.Night.Run(TimeSpan.FromSeconds(10));
        Assert.True(acknowledged.IsCompletedSuccessfully);
        Assert.EndsWith(" Anna has acknowledged it at 03:10 MSK.", page.Status().State.Sentence, StringComparison.Ordinal);
        Assert.Equal(("acknowledged", "Anna"), (page.Status().Incidents[0].State, page.Status().Incidents[0].AcknowledgedBy));
    }

    [Fact]
    public void Without_a_channel_to_people_the_sentence_says_that_nobody_is_told()
    {
        using var page = new PageNight();
        page.Night.Minutes(5, Night.Evenly(600, _ => page.Night.Fail("get_order")));

        StatusView status = page.Status();
        Assert.Contains("It is in the log only: no channel to people is configured.", status.State.Sentence, StringComparison.Ordinal);
        Assert.Contains(status.Coverage.NotMonitored, line => line.StartsWith("Alerts are in the log only: set alerts.channels", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_process_that_forwards_the_sentence_says_who_tells()
    {
        var alertmanager = new ChannelView { Name = "alertmanager", Works = true, IsRemote = true, Words = "", MinimumSeverity = "low" };
        using var page = new PageNight();
        page.Night.Minutes(5, Night.Evenly(600, _ => page.Night.Fail("get_order")));
        StatusView status = page.Status();
        var sentence = new StateSentence(AlertTexts.English, TimeZoneInfo.Utc, status.At, hasAlerts: true);

        Assert.Contains("It was sent to the Alertmanager, which tells people.", sentence.Of(status with { Channels = [alertmanager] }).Sentence, StringComparison.Ordinal);
        Assert.Contains("Nobody was told: no channel has taken a message.", sentence.Of(status with { Channels = [alertmanager with { Works = false }] }).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Silenced_alert_is_not_said_to_be_none()
    {
        using var page = new PageNight();
        Task<Silence> silenced = page.Night.Alerts.SilenceAsync(new Silence { Matchers = [LabelMatcher.Equal("operation", "get_order")], EndsAt = page.Night.Host.Clock.GetUtcNow().AddHours(5), CreatedBy = "Anna", Comment = "known" });
        page.Night.Minutes(10, Night.Evenly(600, _ =>
        {
            page.Night.Fail("get_order");
            Array.ForEach(new string[40], _ => page.Night.Call("get_price"));
        }));

        Assert.True(silenced.IsCompletedSuccessfully);
        StateView state = page.Status().State;
        Assert.Equal(StateLevel.Warning, state.Level);
        Assert.EndsWith("2 alerts fire and are silenced.", state.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("No alert", state.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_fails_by_its_last_server_error_whatever_others_and_its_callers_do()
    {
        using var page = new PageNight();
        page.Night.Minutes(1);
        page.Night.Call("get_order");
        page.Night.Run(TimeSpan.FromSeconds(5));
        page.Fail("get_order", new InvalidOperationException("It is broken."));
        page.Night.Run(TimeSpan.FromSeconds(5));
        for (int i = 0; i < 400; i++)
        {
            page.Fail("get_price", new InvalidOperationException("It is broken as well."));
        }

        page.Night.Run(TimeSpan.FromSeconds(5));
        OperationView failing = page.Status().Operations.Single(operation => operation.Name == "get_order");
        Assert.True(failing.IsFailing);
        Assert.NotNull(failing.LastFailure);

        page.Night.Call("get_order");
        page.Night.Run(TimeSpan.FromSeconds(5));
        page.Night.Call("get_order", OperationOutcome.ToolError);
        page.Night.Run(TimeSpan.FromSeconds(5));
        Assert.False(page.Status().Operations.Single(operation => operation.Name == "get_order").IsFailing);
    }

    [Fact]
    public void Dependency_shows_its_breaker_its_calls_and_that_it_is_down_first()
    {
        using var page = new PageNight();
        page.Night.Breaker("1c", "open");
        page.Night.Query("orders_db", 0.01);
        page.Night.Run(TimeSpan.FromSeconds(5));
        page.Night.Integration("1c", "error", 0.1);
        page.Night.Integration("1c", "success", 0.1);
        page.Night.Queue("mail", 7);
        page.Night.Run(TimeSpan.FromSeconds(5));

        StatusView status = page.Status();
        Assert.Equal(["1c", "orders_db"], status.Dependencies.Select(dependency => dependency.Name));
        Assert.Equal(("open", 2, 1), (status.Dependencies[0].Breaker, status.Dependencies[0].Calls, status.Dependencies[0].Failed));
        Assert.Equal(("mail", 7), (status.Queues[0].Name, status.Queues[0].Size));
        Assert.Equal(1, status.State.OpenBreakers);
    }

    [Fact]
    public void Tool_of_which_every_other_call_fails_is_failing_though_the_last_one_succeeded()
    {
        using var page = new PageNight();
        page.Night.Minutes(3, Night.Evenly(600, _ =>
        {
            page.Fail("get_order", new InvalidOperationException("It is broken."));
            page.Night.Call("get_order");
        }));
        page.Night.Minutes(2, Night.Evenly(600, _ => page.Night.Call("get_price")));

        Assert.True(page.Status().Operations.Single(operation => operation.Name == "get_order").IsFailing);
        Assert.False(page.Status().Operations.Single(operation => operation.Name == "get_price").IsFailing);
    }

    [Fact]
    public void Sentence_of_an_alert_without_an_incident_says_what_it_is_of()
    {
        using var page = new PageNight();
        int calls = 0;
        page.Night.Minutes(15, Night.Evenly(1_200, _ =>
        {
            // Of all calls too few fail to spend the budget fast.
            for (int i = 0; i < 10; i++)
            {
                page.Night.Call("get_price");
            }

            page.Night.Call("get_order");
            if (++calls % 8 == 0)
            {
                page.Fail("get_order", new InvalidOperationException("It is broken."));
            }
        }));

        StatusView status = page.Status();
        Assert.Empty(status.Incidents);
        Assert.Equal(StateLevel.Warning, status.State.Level);
        Assert.Matches("^get_order: [0-9]+ of [0-9]+ calls failed", status.State.Sentence);
    }

    [Fact]
    public void Clients_are_shown_with_their_revision_and_what_they_ask_for_in_vain()
    {
        using var page = new PageNight();
        page.Night.Call("get_order");
        page.Night.Run(TimeSpan.FromSeconds(10));
        CounterFamily clients = page.Night.Host.Registry.Counter(MetricNames.RequestsByClient);
        clients.With("claude-code", "2026-07-28", "success").Add(7);
        clients.With("claude-code", "2026-07-28", "server_error").Add(2);
        clients.With("_other", "2025-11-25", "client_error").Add(3);
        page.Night.Host.Registry.UnknownOperations.With("tools").Add(3);
        page.Fail("get_order", new McpValidationException("It is wrong."));
        page.Night.Run(TimeSpan.FromSeconds(10));

        AgentsView agents = page.Status().Agents;
        Assert.Contains(new ClientView("claude-code", "2026-07-28", Requests: 9, ServerErrors: 2, ClientErrors: 0), agents.Clients);
        Assert.Contains(new ClientView("_other", "2025-11-25", Requests: 3, ServerErrors: 0, ClientErrors: 3), agents.Clients);
        Assert.Equal(new UnknownView("tools", 3), Assert.Single(agents.Unknown));
        Assert.Equal(1, agents.RefusedArguments);

        page.Night.Hours(2);
        Assert.Empty(page.Status().Agents.Clients);
        Assert.Equal((0, 0.0), (page.Status().Agents.Unknown.Count, page.Status().Agents.RefusedArguments));
    }

    [Fact]
    public void Failure_is_shown_without_secrets_on_one_line_with_its_links()
    {
        using var page = new PageNight();
        page.Links.Sentry = "https://sentry.example/?query={correlation_id}";
        page.Fail("get_order", new InvalidOperationException("password=hunter2\u202Eline\nnext"));
        page.Night.Run(TimeSpan.FromSeconds(5));

        FailureView failure = Assert.Single(page.Status().Failures);
        Assert.Equal(("tools", "get_order", "internal", "server_error"), (failure.Type, failure.Operation, failure.ErrorType, failure.Outcome));
        Assert.Equal("System.InvalidOperationException", failure.Exception);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message!, character => char.IsControl(character) || character == '\u202E');
        Assert.Equal($"https://sentry.example/?query={failure.CorrelationId}", failure.SentryUrl);
    }

    [Fact]
    public void Failures_of_callers_do_not_push_out_those_of_the_server()
    {
        using var page = new PageNight();
        page.Fail("get_order", new InvalidOperationException("It is broken."));
        for (int i = 0; i < 1_000; i++)
        {
            page.Fail("get_order", new McpValidationException("It is wrong."));
        }

        page.Night.Run(TimeSpan.FromSeconds(5));
        OperationDetail detail = page.Operation("tools", "get_order")!;
        Assert.Contains(page.Status().Failures, failure => failure.Outcome == "client_error");
        Assert.Equal(20, detail.Failures.Count);
        Assert.Equal(new[] { ("validation", "client_error", 1_000.0), ("internal", "server_error", 1.0) }, detail.Errors.Select(error => (error.ErrorType, error.Outcome, error.Count)));
    }

    [Fact]
    public void Operation_in_depth_shows_its_errors_by_dependency_its_chart_and_its_incident()
    {
        using var page = new PageNight();
        page.Night.Minutes(5, Night.Evenly(600, _ => page.Night.Call("get_order")));
        page.Night.Minutes(5, Night.Evenly(600, _ =>
        {
            page.Night.Fail("get_order", "integration", "1c");
            page.Night.Integration("1c", "error", 0.1);
            page.Night.Spend("get_order", "1c", 1);
        }));

        OperationDetail detail = page.Operation("tools", "get_order")!;
        Assert.Equal(("integration", "1c"), (detail.Errors[0].ErrorType, detail.Errors[0].Dependency));
        Assert.Equal("1c", Assert.Single(detail.Dependencies).Dependency);
        Assert.NotEmpty(detail.Incidents);
        Assert.Equal(60, detail.Chart.Outcomes["server_error"].Count);
        Assert.Equal(detail.Operation.LastHour.ServerErrors, detail.Chart.Outcomes["server_error"].Sum());
        Assert.Null(page.Operation("tools", "none"));
    }

    [Fact]
    public void Charts_have_a_step_for_each_minute_and_none_before_the_start()
    {
        using var page = new PageNight();
        page.Night.Minutes(10, Night.Evenly(1_200, _ => page.Night.Call("get_order")));

        ChartsView charts = page.Charts();
        Assert.Equal((60, 60), (charts.Hour.Step, charts.Hour.Outcomes["success"].Count));
        Assert.Equal(50, charts.Hour.Outcomes["success"].Count(step => step is null), tolerance: 1);
        Assert.Equal(200, charts.Hour.Outcomes["success"].Sum()!.Value, tolerance: 2);
        Assert.Equal(20, charts.Hour.Outcomes["success"][^2]!.Value, tolerance: 2);
        Assert.Equal((900, 96), (charts.Day.Step, charts.Day.Outcomes["success"].Count));
        Assert.Equal(200, charts.Day.Outcomes["success"].Sum()!.Value, tolerance: 2);
        Assert.Equal(60, charts.Hour.P95.Count);
        Assert.InRange(charts.Hour.P95[^2]!.Value, 0.02, 0.05);
        Assert.Equal(charts.Hour.Outcomes["success"], charts.Hour.Operations["tools/get_order"].Calls);
    }

    [Fact]
    public void Rules_show_value_limit_and_time_to_fire()
    {
        using var page = new PageNight();
        page.Night.Minutes(10, Night.Evenly(600, _ => page.Night.Call("get_order")));
        page.Night.Breaker("1c", "open");
        page.Night.Run(TimeSpan.FromSeconds(30));

        IReadOnlyList<RuleView> rules = page.Rules();
        Assert.Contains(rules, rule => rule is { Name: "McpIntegrationDown", State: "no_data" });
        RuleView breaker = rules.Single(rule => rule.Name == "McpCircuitBreakerOpen");
        Assert.Equal("pending", breaker.State);
        RuleLevelView level = breaker.Levels.First(each => each.FiresIn is not null);
        Assert.InRange(level.FiresIn!.Value, 0, level.For);
        Assert.Equal(1, level.Value);
        Assert.Contains("mcp_circuit_breaker_state{", level.Condition, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_no_number_that_json_has_not_and_names_in_snake_case()
    {
        using var page = new PageNight(3, "telegram");
        page.Night.Minutes(10, Night.Evenly(600, _ => page.Night.Fail("get_order", "integration", "1c")));

        string status = JsonSerializer.Serialize(page.Status(), StatusJson.Default.StatusView);
        Assert.Contains("\"level\":\"critical\"", status, StringComparison.Ordinal);
        Assert.Contains("\"last_hour\":{\"calls\":", status, StringComparison.Ordinal);
        Assert.Contains("\"is_failing\":true", status, StringComparison.Ordinal);
        Assert.NotEmpty(JsonSerializer.Serialize(page.Charts(), StatusJson.Default.ChartsView));
        Assert.NotEmpty(JsonSerializer.Serialize(page.Rules(), StatusJson.Default.IReadOnlyListRuleView));
    }
}
