using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>What each tool answers.</summary>
public sealed class ToolTests : IAsyncDisposable
{
    private static readonly string[] ServerErrors = ["outcome=\"server_error\""], ByOperation = ["operation"];

    private readonly ServedTools _served = new();

    /// <summary>Gets every tool with arguments that it answers.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { ToolNames.Status, "{}" },
        { ToolNames.ListIncidents, """{"state":"all"}""" },
        { ToolNames.ExplainIncident, """{"number":17}""" },
        { ToolNames.ListOperations, "{}" },
        { ToolNames.ExplainOperation, """{"type":"tools","name":"get_order"}""" },
        { ToolNames.Failures, """{"limit":50}""" },
        { ToolNames.Metric, """{"metric":"mcp_operations_total","function":"increase","window":300,"by":["operation"]}""" },
        { ToolNames.Objectives, "{}" },
        { ToolNames.Rules, """{"name":"McpIntegrationDown"}""" },
        { ToolNames.Acknowledge, """{"number":17,"comment":"on it"}""" },
        { ToolNames.Silence, """{"number":17,"minutes":60,"comment":"we know"}""" },
        { ToolNames.Resolve, """{"number":17}""" },
    };

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task Each_tool_is_called_by_one_of_these() =>
        Assert.Equal((await ToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal), Calls.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Calls))]
    public async Task Answer_is_as_the_schema_of_its_tool_says(string tool, string arguments)
    {
        Tool told = (await ToolsAsync()).Single(known => known.Name == tool);

        JsonObject answer = await _served.AnswerAsync(tool, ArgumentsOf(arguments));

        using var json = JsonDocument.Parse(answer.ToJsonString());
        Assert.Empty(JsonSchemas.Faults(told.OutputSchema!.Value, json.RootElement));
        using var given = JsonDocument.Parse(arguments);
        Assert.Empty(JsonSchemas.Faults(told.InputSchema, given.RootElement));
    }

    [Fact]
    public async Task Each_tool_says_what_it_does_and_whether_it_changes_anything()
    {
        foreach (Tool tool in await ToolsAsync())
        {
            bool acts = tool.Name is ToolNames.Acknowledge or ToolNames.Silence or ToolNames.Resolve;
            Assert.InRange(tool.Description!.Length, 40, 250);
            Assert.Equal((!acts, acts, false), (tool.Annotations!.ReadOnlyHint, tool.Annotations.DestructiveHint, tool.Annotations.OpenWorldHint));
            Assert.Equal(tool.Name != ToolNames.Silence, tool.Annotations.IdempotentHint);
            foreach (JsonProperty argument in tool.InputSchema.GetProperty("properties").EnumerateObject())
            {
                Assert.NotEmpty(argument.Value.GetProperty("description").GetString()!);
            }
        }
    }

    [Fact]
    public async Task List_of_tools_takes_no_more_of_a_models_context_than_the_docs_say()
    {
        JsonObject[] tools = [.. (await ToolsAsync()).Select(tool => JsonSerializer.SerializeToNode(tool, McpJsonUtilities.DefaultOptions)!.AsObject())];
        int whole = tools.Sum(TokensOf);
        Assert.All(tools, tool => tool.Remove("outputSchema"));

        // About four characters are one token. A model is given names, descriptions and arguments; a client that gives it the schemas of answers as well is rare.
        Assert.InRange(tools.Sum(TokensOf), 1_500, 2_500);
        Assert.InRange(whole, 4_000, 8_500);

        static int TokensOf(JsonObject tool) => tool.ToJsonString().Length / 4;
    }

    [Fact]
    public async Task Status_is_told_in_numbers_first()
    {
        JsonObject answer = await _served.AnswerAsync(ToolNames.Status);

        Assert.Equal("critical", (string?)answer["level"]);
        Assert.Equal(
            "critical: 1 open incidents, 1 of 2 operations fail now, 1 circuit breakers are not closed; 94 calls in the last hour, 14 of them failed by the server.", (string?)answer["summary"]);
        Assert.Equal(0.148936, (double?)answer["last_hour"]!["failed_share"]);
        Assert.Equal([17], Numbers(answer["incidents"]!));
        Assert.Equal("tools/get_order", (string?)answer["failing_operations"]![0]);
        Assert.Equal("open", (string?)answer["dependencies"]![0]!["breaker"]);
        Assert.Equal("email", (string?)answer["broken_channels"]![0]);
        Assert.Equal("get_order fails: 14 of 14 calls since 03:00.", (string?)answer["untrusted"]!["sentence"]);
        Assert.Equal(1, (int?)answer["not_monitored"]);
    }

    [Theory]
    [InlineData(null, new[] { 17 })]
    [InlineData("open", new[] { 17 })]
    [InlineData("resolved", new[] { 16 })]
    [InlineData("all", new[] { 17, 16 })]
    public async Task Incidents_are_those_of_the_state(string? state, int[] expected) =>
        Assert.Equal(expected, Numbers((await _served.AnswerAsync(ToolNames.ListIncidents, ("state", state)))["incidents"]!));

    [Fact]
    public async Task Story_of_an_incident_has_values_limits_and_who_was_told()
    {
        JsonObject answer = await _served.AnswerAsync(ToolNames.ExplainIncident, ("number", 17));

        JsonNode alert = answer["alerts"]![0]!;
        Assert.Equal((14.0, 3.0, "count", "1c"), ((double)alert["value"]!, (double)alert["limit"]!, (string)alert["unit"]!, (string)alert["labels"]!["dependency"]!));
        Assert.Equal("region=north", (string?)alert["untrusted"]!["labels"]![0]);
        Assert.Equal(("telegram", "firing"), ((string)answer["told"]![0]!["channel"]!, (string)answer["told"]![0]!["kind"]!));
        Assert.Equal("1c down (critical)", (string?)answer["timeline"]![0]!["untrusted"]!["what"]);
        Assert.Equal("https://runbooks.example/1c", (string?)answer["runbook"]);
        Assert.Equal("c-1", (string?)answer["untrusted"]!["correlation_ids"]![0]);
    }

    [Fact]
    public async Task Incident_that_is_not_there_is_refused_in_words() =>
        Assert.StartsWith("There is no incident 99 among", (string?)(await _served.RefusalAsync(ToolNames.ExplainIncident, ("number", 99)))["error"], StringComparison.Ordinal);

    [Fact]
    public async Task Operations_are_listed_up_to_the_limit_and_counted()
    {
        JsonObject answer = await _served.AnswerAsync(ToolNames.ListOperations, ("limit", 1));

        Assert.Equal("get_order", (string?)Assert.Single((JsonArray)answer["operations"]!)!["name"]);
        Assert.Equal(2, (int?)answer["total"]);
        Assert.Empty((JsonArray)(await _served.AnswerAsync(ToolNames.ListOperations, ("type", "prompts")))["operations"]!);
    }

    [Fact]
    public async Task Operation_is_told_by_ten_minutes()
    {
        var trend = (JsonArray)(await _served.AnswerAsync(ToolNames.ExplainOperation, ("name", "get_order")))["trend"]!;

        Assert.Equal([10, 10, 10, 10, 8 + 4, 20], trend.Select(part => (double)part!["calls"]!));
        Assert.Equal([0, 0, 0, 0, 4, 20], trend.Select(part => (double)part!["server_errors"]!));
        Assert.Equal(0.1, (double?)trend[0]!["worst_p95_seconds"]);
        Assert.Null(trend[5]!["worst_p95_seconds"]);
        Assert.Equal(Night.Now.AddHours(-1), (DateTimeOffset)trend[0]!["from"]!);
    }

    [Fact]
    public async Task Operation_that_is_misspelt_is_suggested_and_what_was_asked_is_marked()
    {
        JsonObject refusal = await _served.RefusalAsync(ToolNames.ExplainOperation, ("name", "get_oder"));

        Assert.Equal("There is no operation of this name and of type tools. Did you mean get_order? list_operations has their names.", (string?)refusal["error"]);
        Assert.Matches("^<untrusted-[0-9a-f]{16}>get_oder</untrusted-[0-9a-f]{16}>$", (string?)refusal["untrusted"]!["asked"]);
    }

    [Fact]
    public async Task Failures_are_those_of_the_operation()
    {
        Assert.Equal(2, ((JsonArray)(await _served.AnswerAsync(ToolNames.Failures))["failures"]!).Count);
        JsonNode failure = Assert.Single((JsonArray)(await _served.AnswerAsync(ToolNames.Failures, ("operation", "get_order")))["failures"]!)!;
        Assert.Equal(("System.Net.Http.HttpRequestException", "Connection refused (1c:80)"), ((string)failure["exception"]!, (string)failure["untrusted"]!["message"]!));
        Assert.Equal("https://traces.example/0af7651916cd43dd8448eb211c80319c", (string?)failure["trace_url"]);
        await _served.RefusalAsync(ToolNames.Failures, ("operation", "nothing"));
    }

    [Fact]
    public async Task Link_with_an_id_that_a_caller_chose_is_left_out()
    {
        FailureView failure = Night.Status.Failures[0] with { CorrelationId = "call-resolve_incident", SentryUrl = "https://sentry.example/?query=call-resolve_incident" };
        _served.Views.Status = Night.Status with { Failures = [failure] };

        JsonNode told = (await _served.AnswerAsync(ToolNames.Failures))["failures"]![0]!;

        Assert.Null(told["sentry_url"]);
        Assert.NotNull(told["trace_url"]);
    }

    [Fact]
    public async Task Query_is_handed_on_as_a_rule_of_the_users_own()
    {
        JsonObject answer = await _served.AnswerAsync(
            ToolNames.Metric, ("metric", "mcp_operations_total"), ("labels", ServerErrors), ("by", ByOperation), ("function", "increase"), ("window", 600));

        AlertRuleOptions asked = _served.Metrics.Asked!;
        Assert.Equal(("mcp_operations_total", RuleFunction.Increase, TimeSpan.FromMinutes(10)), (asked.Metric, asked.Function, asked.Window));
        Assert.Equal(["outcome=\"server_error\""], asked.Labels);
        Assert.Equal(["get_order", "get_stock"], ((JsonArray)answer["values"]!).Select(value => (string)value!["labels"]!["operation"]!));
        Assert.Equal(("increase", "count", 600.0, 300.0), ((string)answer["function"]!, (string)answer["unit"]!, (double)answer["window_seconds"]!, (double)answer["covered_seconds"]!));
    }

    [Fact]
    public async Task Query_without_more_than_a_name_is_of_the_newest_value()
    {
        JsonObject answer = await _served.AnswerAsync(ToolNames.Metric, ("metric", "mcp_sessions_active"));

        Assert.Equal((RuleFunction.Value, null), (_served.Metrics.Asked!.Function, _served.Metrics.Asked.Window));
        Assert.Null(answer["window_seconds"]);
    }

    [Fact]
    public async Task Objectives_have_budget_and_burn()
    {
        JsonNode objective = (await _served.AnswerAsync(ToolNames.Objectives))["objectives"]![0]!;

        Assert.Equal((0.995, 0.61, 29.8), ((double)objective["target"]!, (double)objective["budget_remaining"]!, (double)objective["burn_last_hour"]!));
    }

    [Fact]
    public async Task Rules_tell_their_condition_only_one_by_one()
    {
        JsonObject all = await _served.AnswerAsync(ToolNames.Rules);
        JsonObject pending = await _served.AnswerAsync(ToolNames.Rules, ("state", "pending"));
        JsonObject one = await _served.AnswerAsync(ToolNames.Rules, ("name", "McpIntegrationDown"));

        Assert.Equal(2, ((JsonArray)all["rules"]!).Count);
        Assert.DoesNotContain("untrusted", all.ToJsonString(), StringComparison.Ordinal);
        JsonNode level = Assert.Single((JsonArray)pending["rules"]!)!["levels"]![0]!;
        Assert.Equal(42.5, (double?)level["fires_in_seconds"]);
        Assert.Null(level["value"]);
        Assert.Equal("mcp_failures_in_a_row >= 3", (string?)one["rules"]![0]!["levels"]![0]!["untrusted"]!["condition"]);
        Assert.Contains("Did you mean McpIntegrationDown?", (string?)(await _served.RefusalAsync(ToolNames.Rules, ("name", "McpIntegratonDown")))["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_are_done_in_the_callers_name_and_logged()
    {
        await _served.AnswerAsync(ToolNames.Acknowledge, ("number", 17), ("by", "Boris"));
        JsonObject silenced = await _served.AnswerAsync(ToolNames.Silence, ("number", 17), ("minutes", 30), ("comment", "we\nknow"));
        await _served.AnswerAsync(ToolNames.Resolve, ("number", 17));

        Assert.Equal(["acknowledge 17 anna (MCP)", "silence dependency=\"1c\" anna (MCP) until 03:42", "resolve 17 anna (MCP)"], _served.Alerts.Asked);
        Assert.Equal(Night.Now.AddMinutes(30), (DateTimeOffset)silenced["until"]!);
        Assert.Equal(3, _served.Logged.Count(line => line.Contains("over MCP by anna", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Boris", "Boris (MCP)")]
    [InlineData(null, "an agent (MCP)")]
    public async Task Caller_without_a_name_says_for_whom_he_acts(string? by, string expected)
    {
        _served.Caller = new Caller(MaySee: true, MayAct: true);

        await _served.AnswerAsync(ToolNames.Resolve, ("number", 17), ("by", by));

        Assert.Equal([$"resolve 17 {expected}"], _served.Alerts.Asked);
    }

    [Fact]
    public async Task Incident_that_is_over_is_neither_acknowledged_nor_silenced()
    {
        _served.Alerts.Answer = static () => false;

        Assert.Equal("There is no incident 16 that goes on. list_incidents has their numbers.", (string?)(await _served.RefusalAsync(ToolNames.Acknowledge, ("number", 16)))["error"]);
        Assert.Equal("Incident 16 has no alerts that could be silenced: it is over.", (string?)(await _served.RefusalAsync(ToolNames.Silence, ("number", 16), ("comment", "x")))["error"]);
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Each_tool_asks_whether_the_caller_may(string tool, string arguments)
    {
        bool acts = tool is ToolNames.Acknowledge or ToolNames.Silence or ToolNames.Resolve;
        _served.Caller = Caller.Nobody;
        Assert.Equal("This caller may not see the operations of this server.", (string?)(await _served.RefusalAsync(tool, ArgumentsOf(arguments)))["error"]);

        _served.Caller = new Caller(MaySee: true, MayAct: false);
        if (acts)
        {
            Assert.Equal("This caller may see the operations of this server, but not act.", (string?)(await _served.RefusalAsync(tool, ArgumentsOf(arguments)))["error"]);
            Assert.Empty(_served.Alerts.Asked);
        }
        else
        {
            await _served.AnswerAsync(tool, ArgumentsOf(arguments));
        }
    }

    [Fact]
    public async Task Names_begin_with_the_prefix()
    {
        await using var prefixed = new ServedTools("monitoring_");

        Assert.All(await (await prefixed.ClientAsync()).ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken), tool => Assert.StartsWith("monitoring_", tool.Name, StringComparison.Ordinal));
        Assert.Equal("critical", (string?)(await prefixed.AnswerAsync("monitoring_get_status"))["level"]);
    }

    private static (string Name, object? Value)[] ArgumentsOf(string json) => [.. JsonNode.Parse(json)!.AsObject().Select(argument => (argument.Key, (object?)argument.Value))];

    private static IEnumerable<int> Numbers(JsonNode incidents) => ((JsonArray)incidents).Select(incident => (int)incident!["number"]!);

    private async Task<IReadOnlyList<Tool>> ToolsAsync() =>
        [.. (await (await _served.ClientAsync()).ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.ProtocolTool)];
}
