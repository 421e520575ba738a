using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Alertmanager;

/// <summary>The people whom Alertmanager tells.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    // An end waits until a member has run for 40 seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    private readonly ConcurrentQueue<JsonElement> _received = new();
    private readonly WebApplication _app;

    private Webhook(WebApplication app)
    {
        _app = app;
        app.Run(TakeAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Gets each notification: the status of the group, and of each alert in it what tells it from others with its own status.</summary>
    public string[] Told => [.. _received.Select(Line)];

    public IEnumerable<JsonElement> Received => _received;

    public static async Task<Webhook> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var hook = new Webhook(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return hook;
    }

    /// <summary>Waits for so many notifications.</summary>
    public async Task<string[]> TellsAsync(int count) => await Eventually.GetAsync(() => Task.FromResult(Told), told => told.Length >= count, Limit);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Line(JsonElement notification)
    {
        IEnumerable<string> alerts =
            from alert in notification.GetProperty("alerts").EnumerateArray()
            let labels = alert.GetProperty("labels")
            orderby labels.GetProperty("instance").GetString()
            select $"{labels.GetProperty("instance").GetString()} {alert.GetProperty("status").GetString()}";
        return $"{notification.GetProperty("groupLabels").GetProperty("alertname").GetString()} {notification.GetProperty("status").GetString()}: {string.Join(", ", alerts)}";
    }

    private async Task TakeAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        _received.Enqueue(body.RootElement.Clone());
    }
}
