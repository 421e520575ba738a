using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>The C# client calls everything once; the metrics must say exactly that. Each table is whole: what is not in it must not have grown.</summary>
public sealed class CSharpClientTests(Conversations conversations) : IClassFixture<Conversations>
{
    public static TheoryData<string, bool> Versions => ProtocolVersions.OnEachServer;

    [Theory, MemberData(nameof(Versions))]
    public async Task Every_request_is_counted_once_under_its_operation_and_outcome(string version, bool isStateful)
    {
        bool canAsk = ProtocolVersions.CanAsk(version, isStateful);
        var expected = Table(
            ($"protocol {Handshake(version)} success", 1),
            ("protocol tools/list success", 1),
            ("tools get_weather success", 1),
            ("tools get_weather client_error", 1),
            ("tools get_forecast tool_error", 1),
            ("tools unstable server_error", 1),
            ("tools unstable client_error", 1),
            ("tools unstable cancelled", 1),
            ("tools unstable tool_error", canAsk ? 1 : 2),
            ("tools unstable input_required", canAsk ? 1 : 0),
            ("tools unstable success", canAsk ? 1 : 0),
            ("tools _unknown client_error", 1),
            ("prompts pack_for_trip success", 1),
            ("resources weather://stations success", 1),
            ("resources weather://stations/{id} success", 1),
            ("resources weather://stations/{id} client_error", 1),
            ("resources _unknown client_error", 1),
            ("completion weather://stations/{id} success", 1));

        var (_, before, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(expected, after.GrowthSince(before, "mcp_operations_total", "operation_type", "operation", "outcome"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Every_error_is_counted_once_under_its_type(string version, bool isStateful)
    {
        var expected = Table(
            ("internal server_error tools unstable none", 1),
            ("internal tool_error tools unstable none", ProtocolVersions.CanAsk(version, isStateful) ? 1 : 2),
            ("internal tool_error tools get_forecast none", 1),
            ("validation client_error tools unstable none", 1),
            ("validation client_error tools get_weather none", 1),
            ("validation client_error tools _unknown none", 1),
            ("validation client_error resources weather://stations/{id} none", 1),
            ("validation client_error resources _unknown none", 1));

        var (_, before, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(expected, after.GrowthSince(before, "mcp_errors_total", "error_type", "outcome", "operation_type", "operation", "dependency"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Only_what_succeeded_or_failed_on_the_server_has_a_duration(string version, bool isStateful)
    {
        bool canAsk = ProtocolVersions.CanAsk(version, isStateful);
        var expected = Table(
            ($"protocol {Handshake(version)} success", 1),
            ("protocol tools/list success", 1),
            ("tools get_weather success", 1),
            ("tools get_forecast error", 1),
            ("tools unstable success", canAsk ? 1 : 0),
            ("tools unstable error", canAsk ? 2 : 3),
            ("prompts pack_for_trip success", 1),
            ("resources weather://stations success", 1),
            ("resources weather://stations/{id} success", 1),
            ("completion weather://stations/{id} success", 1));

        var (_, before, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(expected, after.GrowthSince(before, "mcp_operation_duration_seconds_count", "operation_type", "operation", "status"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Waiting_for_the_person_is_measured_where_the_tool_can_ask(string version, bool isStateful)
    {
        var (_, before, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(
            Table(("unstable", ProtocolVersions.CanAsk(version, isStateful) ? 1 : 0)),
            after.GrowthSince(before, "mcp_operation_wait_seconds_count", "operation"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Every_request_is_counted_under_the_revision_that_was_agreed(string version, bool isStateful)
    {
        var (_, before, after) = await conversations.OfAsync(version, isStateful);
        double requests = after.GrowthSince(before, "mcp_operations_total").Single().Value;

        Assert.Equal(Table((version, requests)), after.GrowthSince(before, "mcp_requests_by_client_total", "protocol_version"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Requests_are_counted_under_the_outcomes_of_their_operations(string version, bool isStateful)
    {
        var (_, before, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(after.GrowthSince(before, "mcp_operations_total", "outcome"), after.GrowthSince(before, "mcp_requests_by_client_total", "outcome"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_well_known_client_is_counted_by_name_in_every_request_that_tells_it(string version, bool isStateful)
    {
        var (_, before, after) = await conversations.OfAsync(version, isStateful);
        double requests = after.GrowthSince(before, "mcp_operations_total").Single().Value;
        // Before 2026-07-28 only the first request says who calls, and a server without sessions has forgotten it at the second.
        bool isForgotten = version != ProtocolVersions.WithoutSessions && !isStateful;

        Assert.Equal(
            isForgotten ? Table((Caller.Name, 1), ("_other", requests - 1)) : Table((Caller.Name, requests)),
            after.GrowthSince(before, "mcp_requests_by_client_total", "client"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_session_is_active_only_where_the_protocol_and_the_server_have_one(string version, bool isStateful)
    {
        var (_, _, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(ProtocolVersions.HasSession(version, isStateful) ? 1 : 0, after.Sum("mcp_sessions_active"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_tool_and_a_resource_that_do_not_exist_are_counted_as_unknown(string version, bool isStateful)
    {
        var (_, before, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(Table(("resources", 1), ("tools", 1)), after.GrowthSince(before, "mcp_unknown_operations_total", "operation_type"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Monitoring_neither_fails_nor_drops_anything(string version, bool isStateful)
    {
        var (_, _, after) = await conversations.OfAsync(version, isStateful);

        Assert.Equal(0, after.Sum("mcp_monitoring_errors_total") + after.Sum("mcp_monitoring_dropped_total") + after.Sum("mcp_monitoring_limited_series_total"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Answers_are_those_of_a_server_without_monitoring(string version, bool isStateful)
    {
        await using var bare = await Sample.StartAsync(WithoutMonitoring.Of, isStateful ? ["--stateful"] : []);
        await using var client = await Caller.ConnectAsync(bare.Mcp, bare.Http, version);
        var expected = await Conversation.CallEverythingAsync(client);
        Assert.Equal(0, (await bare.Metrics.ScrapeAsync()).Sum("mcp_operations_total"));

        Assert.Equal(expected, (await conversations.OfAsync(version, isStateful)).Answers);
    }

    private static string Handshake(string version) => version == ProtocolVersions.WithoutSessions ? "server/discover" : "initialize";

    private static SortedDictionary<string, double> Table(params (string Labels, double Growth)[] rows) =>
        new(rows.Where(row => row.Growth is not 0).ToDictionary(row => row.Labels, row => row.Growth, StringComparer.Ordinal), StringComparer.Ordinal);
}
