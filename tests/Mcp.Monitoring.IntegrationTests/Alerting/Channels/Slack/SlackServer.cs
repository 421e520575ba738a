using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Slack;

/// <summary>A message in a channel of the stand-in.</summary>
internal sealed record SlackPost(string Ts, string? Thread, bool IsBroadcast, JsonElement Payload)
{
    public string Heading => Payload.GetProperty("text").GetString()!.Split('\n')[0];

    public string? Colour => Payload.TryGetProperty("attachments", out JsonElement attachments) && attachments.GetArrayLength() > 0 ? attachments[0].GetProperty("color").GetString() : null;
}

/// <summary>An answer that the stand-in is told to give instead of its own.</summary>
/// <param name="Status">The status; 0 cuts the connection, -1 never answers.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">The header <c>Retry-After</c>.</param>
internal sealed record SlackScript(int Status, string Body = "", string? RetryAfter = null)
{
    public static SlackScript Cut { get; } = new(0);

    public static SlackScript Hang { get; } = new(-1);

    public static SlackScript Refuse(string code) => new(200, $$"""{"ok":false,"error":"{{code}}"}""");
}

/// <summary>Slack on a free port of the loopback address: one channel, one bot and one webhook, with Slack's answers to what is wrong, or those of a script.</summary>
internal sealed class SlackServer : IAsyncDisposable
{
    public const string Token = "xoxb-1-2-s3cr3t-t0k3n", Channel = "C0123456789", WebhookKey = "s3cr3t-t0k3n";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SlackScript> _script = new();
    private readonly List<SlackPost> _posts = [];
    private int _last;

    private SlackServer(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    public string ApiAddress => new Uri(Address, "api").AbsoluteUri;

    public string WebhookAddress => new Uri(Address, $"services/T0/B0/{WebhookKey}").AbsoluteUri;

    /// <summary>Gets every request, as method and path.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Gets the messages as they are now, also those of the webhook.</summary>
    public SlackPost[] Posts
    {
        get
        {
            lock (_posts)
            {
                return [.. _posts];
            }
        }
    }

    public static async Task<SlackServer> StartAsync(X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            if (certificate is not null)
            {
                endpoint.UseHttps(certificate);
            }
        }));
        WebApplication app = builder.Build();
        var server = new SlackServer(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Has the next requests answered so.</summary>
    public void Answer(params SlackScript[] answers)
    {
        foreach (SlackScript answer in answers)
        {
            _script.Enqueue(answer);
        }
    }

    public void Delete(string ts)
    {
        lock (_posts)
        {
            _posts.RemoveAll(post => post.Ts == ts);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        using var reader = new StreamReader(http.Request.Body);
        string body = await reader.ReadToEndAsync(http.RequestAborted);
        if (_script.TryDequeue(out SlackScript? answer))
        {
            await PlayAsync(http, answer);
            return;
        }

        string path = http.Request.Path.Value!;
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Api(path["/api/".Length..], http.Request.Headers.Authorization, body), http.RequestAborted);
        }
        else if (path != $"/services/T0/B0/{WebhookKey}")
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync("no_service", http.RequestAborted);
        }
        else
        {
            Add(JsonDocument.Parse(body).RootElement);
            await http.Response.WriteAsync("ok", http.RequestAborted);
        }
    }

    private static async Task PlayAsync(HttpContext http, SlackScript answer)
    {
        if (answer.Status == SlackScript.Cut.Status)
        {
            http.Abort();
            return;
        }

        if (answer.Status == SlackScript.Hang.Status)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }

        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is not null)
        {
            http.Response.Headers.RetryAfter = answer.RetryAfter;
        }

        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    private string Api(string method, string? authorization, string body)
    {
        if (authorization != $"Bearer {Token}")
        {
            return SlackScript.Refuse("invalid_auth").Body;
        }

        JsonElement arguments = JsonDocument.Parse(body).RootElement;
        return method switch
        {
            "auth.test" => """{"ok":true,"team":"Company","user":"alerts","bot_id":"B0"}""",
            "chat.postMessage" when arguments.GetProperty("channel").GetString() is not ("#oncall" or Channel) => SlackScript.Refuse("channel_not_found").Body,
            "chat.postMessage" => $$"""{"ok":true,"channel":"{{Channel}}","ts":"{{Add(arguments)}}"}""",
            "chat.update" => Update(arguments),
            _ => SlackScript.Refuse("unknown_method").Body,
        };
    }

    private string Add(JsonElement payload)
    {
        lock (_posts)
        {
            string ts = string.Create(CultureInfo.InvariantCulture, $"1700000000.{++_last:000000}");
            _posts.Add(new SlackPost(ts, Text(payload, "thread_ts"), payload.TryGetProperty("reply_broadcast", out JsonElement broadcast) && broadcast.GetBoolean(), payload));
            return ts;
        }
    }

    private string Update(JsonElement arguments)
    {
        lock (_posts)
        {
            int at = _posts.FindIndex(post => post.Ts == Text(arguments, "ts"));
            if (at < 0 || Text(arguments, "channel") != Channel)
            {
                return SlackScript.Refuse("message_not_found").Body;
            }

            _posts[at] = _posts[at] with { Payload = arguments };
            return $$"""{"ok":true,"channel":"{{Channel}}","ts":"{{_posts[at].Ts}}"}""";
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
