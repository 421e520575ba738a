using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.StatusPage.Api;

/// <summary>A server with its page, and somebody at this machine in Development, or a stranger elsewhere.</summary>
internal static class PageApp
{
    public const string Token = "0123456789abcdef-token";

    /// <summary>Starts one that a browser on this machine asks, in Development.</summary>
    public static Task<App> LocalAsync(Action<McpMonitoringOptions>? configure = null, Action<WebApplication>? map = null) =>
        App.StartAsync(
            options =>
            {
                options.Alerts.Storage.Path = ":memory:";
                configure?.Invoke(options);
            },
            map: app =>
            {
                app.Use((http, next) =>
                {
                    http.Connection.RemoteIpAddress = IPAddress.Loopback;
                    return next(http);
                });
                if (map is null)
                {
                    app.MapMcpMonitoring();
                }
                else
                {
                    map(app);
                }
            },
            environment: "Development");

    /// <summary>Starts one in production, which a stranger asks.</summary>
    public static Task<App> ElsewhereAsync(bool? enabled, string? token = Token) => App.StartAsync(
        options =>
        {
            options.Alerts.Storage.Path = ":memory:";
            options.StatusPage.Enabled = enabled;
            options.StatusPage.Token = token;
        },
        environment: "Production");

    /// <summary>Raises an alert that is critical, and waits until it is an incident.</summary>
    public static async Task<Incident> IncidentAsync(App app)
    {
        IAlertManager manager = app.Services.GetRequiredService<IAlertManager>();
        for (int i = 0; i < 3; i++)
        {
            await manager.RaiseIntegrationAsync("1c", "get_order", "It does not answer.");
        }

        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => manager.ListIncidents().Count > 0, TimeSpan.FromSeconds(60))), "There is no incident.");
        return manager.ListIncidents()[0];
    }

    public static async Task<JsonNode> JsonAsync(this App app, string path) => JsonNode.Parse((await app.GetAsync(path)).Body)!;

    /// <summary>Sends an action as the page does.</summary>
    public static async Task<(int Status, JsonNode Answer)> ActAsync(this App app, HttpMethod method, string path, string? body = "{}", bool withToken = true)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (withToken)
        {
            request.Headers.Add("X-Mcp-Antiforgery", (await app.JsonAsync("/monitoring/api/v1/session"))["antiforgery"]!.GetValue<string>());
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
