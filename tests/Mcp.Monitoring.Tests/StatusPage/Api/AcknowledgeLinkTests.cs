using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Api;
using Mcp.Monitoring.Tests.Alerting.Scenarios;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.StatusPage.Api;

/// <summary>The link of a message, from the message to the incident.</summary>
public sealed class AcknowledgeLinkTests
{
    [Fact]
    public void Message_of_an_incident_that_nobody_looks_after_has_the_link()
    {
        using var night = new Night(3, channels: "telegram") { AcknowledgeLink = static (number, openedAt) => $"https://mcp.company.com/monitoring/acknowledge/{number}-{openedAt:HHmm}" };
        night.Reload(static _ => { });
        night.Minutes(5, Night.Evenly(600, _ => night.Fail("get_order")));

        AlertNotification first = night.Channels["telegram"].Delivered[0];
        Assert.Equal($"https://mcp.company.com/monitoring/acknowledge/{first.Incident}-{night.Alerts.ListIncidents().Single().OpenedAt:HHmm}", first.Acknowledge);

        _ = night.Alerts.AcknowledgeAsync(first.Incident!.Value, "Anna");
        int told = night.Channels["telegram"].Delivered.Count;
        night.Minutes(30, Night.Evenly(600, _ => night.Fail("get_price", "integration", "1c")));
        Assert.All(night.Channels["telegram"].Delivered.Skip(told).Where(message => message.Incident == first.Incident), message => Assert.Null(message.Acknowledge));
    }

    [Fact]
    public async Task Link_of_a_message_asks_and_acknowledges_once()
    {
        await using App app = await App.StartAsync(Configure, environment: "Production");
        IAlertManager manager = app.Services.GetRequiredService<IAlertManager>();
        Uri path = await LinkAsync(app);

        string form = await app.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("<form method=\"post\"", form, StringComparison.Ordinal);
        Assert.Contains("1c", form, StringComparison.Ordinal);
        Assert.Equal(IncidentState.Triggered, manager.ListIncidents().Single().State);

        Assert.Equal(200, await PostAsync(app, path));
        Assert.Equal((IncidentState.Acknowledged, "Anna"), (manager.ListIncidents().Single().State, manager.ListIncidents().Single().AcknowledgedBy));
        Assert.Equal(409, await PostAsync(app, path));
        Assert.Equal(404, await PostAsync(app, new Uri(path + "A", UriKind.Relative)));
        Assert.Contains("acknowledge incident", Assert.Single(app.Logs.Of("StatusPageAction")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_policy_guards_the_page_it_guards_the_link_and_the_name_is_the_users()
    {
        await using App app = await App.StartAsync(
            Configure,
            Somebody.AddTo,
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapMcpMonitoring().StatusPage.RequireAuthorization(Somebody.Policy);
            },
            environment: "Production");
        IAlertManager manager = app.Services.GetRequiredService<IAlertManager>();
        Uri path = await LinkAsync(app);

        Assert.Equal(401, await PostAsync(app, path));
        Assert.Equal(IncidentState.Triggered, manager.ListIncidents().Single().State);

        app.Client.DefaultRequestHeaders.Add("Authorization", Somebody.Operator);
        Assert.Equal(200, await PostAsync(app, path));
        Assert.Equal(Somebody.Operator, manager.ListIncidents().Single().AcknowledgedBy);
    }

    [Fact]
    public async Task Link_of_an_incident_that_is_over_says_so()
    {
        await using App app = await App.StartAsync(Configure, environment: "Production");
        IAlertManager manager = app.Services.GetRequiredService<IAlertManager>();
        Uri path = await LinkAsync(app);
        Assert.True(await manager.ResolveIncidentAsync(manager.ListIncidents().Single().Number, "Anna"));

        using HttpResponseMessage answer = await app.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(409, (int)answer.StatusCode);
        Assert.Contains("The incident is over.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://mcp.company.com/monitoring", "https://mcp.company.com/monitoring/acknowledge/t")]
    [InlineData("https://mcp.company.com/monitoring/", "https://mcp.company.com/monitoring/acknowledge/t")]
    [InlineData("https://mcp.company.com/?page=1", null)]
    [InlineData("https://mcp.company.com/#page", null)]
    [InlineData(null, null)]
    public void Link_is_below_the_page(string? page, string? link) => Assert.Equal(link, AcknowledgeEndpoint.LinkOf(page, "t"));

    private static void Configure(McpMonitoringOptions options)
    {
        options.Alerts.Storage.Path = ":memory:";
        options.Alerts.PageUrl = "https://mcp.company.com/monitoring";
        options.StatusPage.Enabled = true;
        options.StatusPage.Token = PageApp.Token;
    }

    private static async Task<Uri> LinkAsync(App app)
    {
        Incident incident = await PageApp.IncidentAsync(app);
        return new Uri($"/monitoring/acknowledge/{app.Services.GetRequiredService<AcknowledgeTickets>().Make(new Ticket(incident.Number, incident.OpenedAt))}", UriKind.Relative);
    }

    private static async Task<int> PostAsync(App app, Uri path)
    {
        using var form = new FormUrlEncodedContent([new("by", "Anna"), new("comment", "I look.")]);
        using HttpResponseMessage answer = await app.Client.PostAsync(path, form, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
