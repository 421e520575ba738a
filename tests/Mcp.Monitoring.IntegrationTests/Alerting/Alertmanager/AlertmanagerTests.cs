using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.IntegrationTests.Servers;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>One real Alertmanager, and one process whose alerts go there.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private Webhook _hook = null!;
    private AlertmanagerServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _hook = await Webhook.StartAsync();
        _server = await AlertmanagerServer.StartAsync(_hook.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task Beginning_and_end_are_each_told_once_also_when_Alertmanager_restarts_in_between()
    {
        await using Replica replica = await Replica.StartAsync("pod-1", [_server], alerts => alerts.PageUrl = "https://orders.company.com/monitoring");
        await replica.FireAsync("Down");
        Assert.Equal(["Down firing: pod-1 firing"], await _hook.TellsAsync(1));
        Assert.Contains($"Alertmanager {_server.Address.GetLeftPart(UriPartial.Authority)} takes alerts", await replica.HealthAsync(), StringComparison.Ordinal);

        await _server.TerminateAsync();
        await _server.StartAsync();
        await replica.ResolveAsync("Down");

        Assert.Equal(["Down firing: pod-1 firing", "Down resolved: pod-1 resolved"], await _hook.TellsAsync(2));
        JsonElement told = _hook.Received.First().GetProperty("alerts")[0];
        Assert.Equal("critical", told.GetProperty("labels").GetProperty("severity").GetString());
        Assert.Equal("orders-mcp", told.GetProperty("labels").GetProperty("service").GetString());
        Assert.EndsWith("It is down", told.GetProperty("annotations").GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal("Since now.", told.GetProperty("annotations").GetProperty("description").GetString());
        Assert.Equal("https://orders.company.com/monitoring", told.GetProperty("generatorURL").GetString());
    }

    [Fact]
    public async Task Acknowledged_incident_is_silent_in_Alertmanager_and_its_end_is_told_all_the_same()
    {
        await using Replica replica = await Replica.StartAsync("pod-1", [_server], alerts => alerts.Grouping.CriticalWait = TimeSpan.Zero);
        await replica.FireAsync("Down");
        await _hook.TellsAsync(1);
        Incident[] incidents = await Eventually.GetAsync(() => Task.FromResult<Incident[]>([.. replica.Alerts.ListIncidents()]), found => found.Length > 0, Limit);

        Assert.True(await replica.Alerts.AcknowledgeAsync(Assert.Single(incidents).Number, "anna"));

        JsonElement silence = Assert.Single(await Eventually.GetAsync(ActiveSilencesAsync, found => found.Length > 0, Limit));
        Assert.Equal("acknowledged by anna", silence.GetProperty("comment").GetString());
        JsonElement alert = Assert.Single(await Eventually.GetAsync(() => _server.AskAsync("alerts"), found => found.All(IsSuppressed), Limit));
        Assert.True(IsSuppressed(alert), alert.ToString());

        await replica.ResolveAsync("Down");

        Assert.Equal(["Down firing: pod-1 firing", "Down resolved: pod-1 resolved"], await _hook.TellsAsync(2));
        Assert.Empty(await Eventually.GetAsync(ActiveSilencesAsync, found => found.Length == 0, Limit));
    }

    [Fact]
    public async Task Silence_is_made_and_ended_in_Alertmanager()
    {
        await using Replica replica = await Replica.StartAsync("pod-1", [_server]);
        Silence made = await replica.Alerts.SilenceAsync(new Silence
        {
            Matchers = [LabelMatcher.Parse("alertname=~\"Down|Slow\"")],
            EndsAt = TimeProvider.System.GetUtcNow().AddHours(1),
            CreatedBy = "anna",
        });

        JsonElement silence = Assert.Single(await Eventually.GetAsync(ActiveSilencesAsync, found => found.Length > 0, Limit));
        Assert.Equal(3, silence.GetProperty("matchers").GetArrayLength());

        Assert.True(await replica.Alerts.UnsilenceAsync(made.Id));
        Assert.Empty(await Eventually.GetAsync(ActiveSilencesAsync, found => found.Length == 0, Limit));
    }

    private static bool IsSuppressed(JsonElement alert) => alert.GetProperty("status").GetProperty("state").GetString() == "suppressed";

    private async Task<JsonElement[]> ActiveSilencesAsync() =>
        [.. (await _server.AskAsync("silences")).Where(silence => silence.GetProperty("status").GetProperty("state").GetString() != "expired")];
}
