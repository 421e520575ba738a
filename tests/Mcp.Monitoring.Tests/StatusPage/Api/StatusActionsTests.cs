using System.Text;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Api;
using Mcp.Monitoring.Tests.Alerting.Channels.Telegram;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.OperationsTools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.StatusPage.Api;

/// <summary>What people have done on the page.</summary>
public sealed class StatusActionsTests
{
    [Fact]
    public async Task Incident_is_acknowledged_and_resolved_by_name_with_a_line_in_the_log_for_each()
    {
        await using App app = await PageApp.LocalAsync();
        int incident = await RaiseAsync(app);

        Assert.Equal(200, (await app.ActAsync(HttpMethod.Post, $"/monitoring/api/v1/incidents/{incident}/acknowledge", """{"by":"Anna\nadmin","comment":"I look."}""")).Status);
        Incident acknowledged = Manager(app).ListIncidents().Single();
        Assert.Equal(IncidentState.Acknowledged, acknowledged.State);
        Assert.StartsWith("Anna", acknowledged.AcknowledgedBy, StringComparison.Ordinal);

        Assert.Equal(200, (await app.ActAsync(HttpMethod.Post, $"/monitoring/api/v1/incidents/{incident}/resolve", """{"by":"Anna"}""")).Status);
        Assert.Equal(404, (await app.ActAsync(HttpMethod.Post, $"/monitoring/api/v1/incidents/{incident}/resolve")).Status);

        string[] lines = [.. app.Logs.Of("StatusPageAction").Select(entry => entry.Message)];
        Assert.Equal(3, lines.Length);
        Assert.Contains($"acknowledge incident {incident}: done", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', lines[0]);
        Assert.Contains("there is none", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_against_forged_requests_nothing_is_done()
    {
        await using App app = await PageApp.LocalAsync();
        int incident = await RaiseAsync(app);

        Assert.Equal(403, (await app.ActAsync(HttpMethod.Post, $"/monitoring/api/v1/incidents/{incident}/acknowledge", withToken: false)).Status);
        Assert.Equal(IncidentState.Triggered, Manager(app).ListIncidents().Single().State);
    }

    [Fact]
    public async Task Silence_is_shown_before_it_is_made_is_listed_and_ended()
    {
        await using App app = await PageApp.LocalAsync();
        await RaiseAsync(app);

        (int status, JsonNode preview) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/silences/preview", """{"matchers":["dependency=\"1c\""]}""");
        Assert.Equal((200, 1), (status, preview["count"]!.GetValue<int>()));
        (status, JsonNode made) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/silences", """{"matchers":["dependency=\"1c\""],"minutes":60,"comment":"It is known.","by":"Anna"}""");
        Assert.Equal(200, status);
        Silence silence = Assert.Single(Manager(app).ListSilences());
        Assert.Equal(("Anna", "It is known.", made["id"]!.GetValue<string>()), (silence.CreatedBy, silence.Comment, silence.Id));

        Assert.Equal(200, (await app.ActAsync(HttpMethod.Delete, $"/monitoring/api/v1/silences/{silence.Id}", body: null)).Status);
        Assert.Empty(Manager(app).ListSilences());
        Assert.Equal(404, (await app.ActAsync(HttpMethod.Delete, $"/monitoring/api/v1/silences/{silence.Id}", body: null)).Status);
    }

    [Theory]
    [InlineData("""{"matchers":["dependency=\"1c\""],"minutes":0,"comment":"x"}""", "minutes")]
    [InlineData("""{"matchers":["dependency=\"1c\""],"minutes":525601,"comment":"x"}""", "minutes")]
    [InlineData("""{"matchers":["dependency=\"1c\""],"comment":"x"}""", "minutes")]
    [InlineData("""{"matchers":["dependency=\"1c\""],"minutes":5}""", "comment")]
    [InlineData("""{"matchers":["dependency=\"1c\""],"minutes":5,"comment":"  "}""", "comment")]
    [InlineData("""{"matchers":[],"minutes":5,"comment":"x"}""", "matchers")]
    [InlineData("""{"matchers":[null],"minutes":5,"comment":"x"}""", "")]
    [InlineData("""{"matchers":["dependency"],"minutes":5,"comment":"x"}""", "dependency")]
    [InlineData("""{"matchers":["dependency=~\"(\""],"minutes":5,"comment":"x"}""", "")]
    [InlineData("""{"matchers":["alertname=~\".*\""],"minutes":5,"comment":"x"}""", "")]
    [InlineData("[]", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("""{"minutes":"five"}""", "JSON")]
    public async Task Silence_that_cannot_be_is_refused_in_words(string body, string names)
    {
        await using App app = await PageApp.LocalAsync();

        (int status, JsonNode answer) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/silences", body);
        Assert.Equal(400, status);
        Assert.Contains(names, answer["error"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Manager(app).ListSilences());
    }

    [Fact]
    public async Task Silence_with_more_matchers_than_it_may_have_is_not_made_with_some_of_them()
    {
        await using App app = await PageApp.LocalAsync();
        string matchers = string.Join(',', Enumerable.Range(0, 21).Select(number => $"\"label_{number}=\\\"x\\\"\""));

        (int status, JsonNode answer) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/silences", $$"""{"matchers":[{{matchers}}],"minutes":5,"comment":"x"}""");

        Assert.Equal(400, status);
        Assert.Contains("more than 20", answer["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(Manager(app).ListSilences());
    }

    [Fact]
    public async Task Where_alerts_are_off_nothing_is_said_to_be_silenced()
    {
        await using App app = await PageApp.LocalAsync(options => options.Alerts.Enabled = false);

        (int status, JsonNode answer) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/silences", """{"matchers":["dependency=\"1c\""],"minutes":5,"comment":"x"}""");

        Assert.Equal((409, "Alerts are switched off: there is nothing to silence. Set alerts.enabled: true."), (status, answer["error"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(true, "has not answered within 5 seconds")]
    [InlineData(false, "The host has stopped.")]
    public async Task Action_ends_in_words_where_alerting_does_not_answer(bool hangs, string words)
    {
        var time = new FakeTimeProvider();
        var manager = new AskedManager { Hangs = hangs, Answer = static () => throw new InvalidOperationException("The host has stopped.") };
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        http.Request.RouteValues[StatusActions.NumberValue] = "7";
        http.Features.Set(new PageCaller(WayIn.Local, Name: null, MayAct: true));
        var actions = new StatusActions(manager, new StatusAnswers(new FakeViews(), time), new PageAudit(NullLogger<PageAudit>.Instance), time);

        Task answering = actions.AcknowledgeAsync(http);
        if (hangs)
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        await answering.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(503, http.Response.StatusCode);
        Assert.Contains(words, Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_is_too_long_is_refused()
    {
        await using App app = await PageApp.LocalAsync();

        Assert.Equal(413, (await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/silences", $$"""{"comment":"{{new string('x', 20_000)}}"}""")).Status);
    }

    [Fact]
    public async Task Test_of_a_channel_says_what_it_answered()
    {
        await using App app = await PageApp.LocalAsync();

        (int status, JsonNode log) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/channels/log/test");
        Assert.Equal((200, true), (status, log["delivered"]!.GetValue<bool>()));
        (status, JsonNode none) = await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/channels/telegram/test");
        Assert.Equal((200, false), (status, none["delivered"]!.GetValue<bool>()));
        Assert.NotEmpty(none["words"]!.GetValue<string>());
    }

    [Fact]
    public async Task Where_it_is_read_only_nobody_acts()
    {
        await using App app = await PageApp.LocalAsync(options => options.StatusPage.ReadOnly = true);

        Assert.False((await app.JsonAsync("/monitoring/api/v1/session"))["may_act"]!.GetValue<bool>());
        Assert.Equal(403, (await app.ActAsync(HttpMethod.Post, "/monitoring/api/v1/channels/log/test")).Status);
    }

    private static IAlertManager Manager(App app) => app.Services.GetRequiredService<IAlertManager>();

    private static async Task<int> RaiseAsync(App app) => (await PageApp.IncidentAsync(app)).Number;
}
