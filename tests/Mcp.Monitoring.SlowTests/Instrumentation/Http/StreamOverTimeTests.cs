using System.Runtime.CompilerServices;
using Mcp.Monitoring.Tests.Instrumentation.Logging;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>What is written over time is a stream, whatever its type and verb; what is waited for and then written at once is not.</summary>
public class StreamOverTimeTests
{
    private static readonly string?[] Types =
    [
        "application/x-ndjson", "text/event-stream", "application/json", "application/jsonl; charset=utf-8", "application/json-seq", "application/grpc-web",
        "multipart/x-mixed-replace; boundary=a", "application/octet-stream", "text/plain", "video/mp4", null,
    ];

    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "QUERY"];

    public static MatrixTheoryData<string?, string> All => new(Types, Verbs);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Answer_that_is_written_over_seconds_is_a_stream_timed_to_its_first_byte(string? type, string verb)
    {
        await using WebApp app = await StartAsync(async (http, clock) =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            http.Response.ContentType = type;
            for (int i = 0; i < 3; i++)
            {
                await http.Response.WriteAsync("{}\n");
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        });

        await app.ReadAsync("/", verb);

        app.HasCounted($"http {Label(verb)} / 200 stream 1");
        Assert.Equal(2, app.Seconds("/"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Answer_that_is_waited_for_and_then_written_at_once_is_none(string? type, string verb)
    {
        await using WebApp app = await StartAsync((http, clock) =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            http.Response.ContentType = type == "text/event-stream" && verb == "GET" ? null : type;
            return http.Response.WriteAsync("{}\n");
        });

        await app.ReadAsync("/", verb);

        app.HasCounted($"http {Label(verb)} / 200 unary 1");
        Assert.Equal(30, app.Seconds("/"));
    }

    [Theory]
    [InlineData(0, "unary", 0.5)]
    [InlineData(999, "unary", 1.499)]
    [InlineData(1000, "stream", 0.5)]
    public async Task Second_between_the_first_byte_and_the_end_makes_the_difference(int milliseconds, string kind, double seconds)
    {
        await using WebApp app = await StartAsync(async (http, clock) =>
        {
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await http.Response.WriteAsync("[");
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await http.Response.WriteAsync("]");
        });

        await app.ReadAsync("/", "GET");

        app.HasCounted($"http GET / 200 {kind} 1");
        Assert.Equal(seconds, app.Seconds("/"), 9);
    }

    [Fact]
    public async Task Sequence_that_comes_item_by_item_is_a_stream()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/", (TimeProvider clock) => Items((FakeTimeProvider)clock)));

        await app.ReadAsync("/", "GET");

        app.HasCounted("http GET / 200 stream 1");
    }

    [Fact]
    public async Task Headers_that_are_sent_ahead_begin_a_stream()
    {
        await using WebApp app = await StartAsync(async (http, clock) =>
        {
            await http.Response.StartAsync();
            clock.Advance(TimeSpan.FromSeconds(5));
            await http.Response.WriteAsync("done");
        });

        await app.ReadAsync("/", "GET");

        app.HasCounted("http GET / 200 stream 1");
        Assert.Equal(0, app.Seconds("/"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Event_stream_is_not_active_while_it_is_open_whatever_its_verb(string verb)
    {
        var released = new TaskCompletionSource();
        await using WebApp app = await StartAsync(async (http, clock) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: first\n\n");
            await released.Task;
            clock.Advance(TimeSpan.FromHours(1));
        });

        HttpContext? answer = await app.SendAsync("/", verb);
        app.HasCounted("streams 1");
        released.SetResult();
        await answer!.Response.Body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        app.HasCounted($"http {verb} / 200 stream 1");
    }

    [Fact]
    public async Task Reader_who_leaves_what_is_written_over_time_has_seen_a_stream()
    {
        using var left = new CancellationTokenSource();
        await using WebApp app = await StartAsync(async (http, clock) =>
        {
            http.Response.ContentType = "application/x-ndjson";
            await http.Response.WriteAsync("{}\n");
            clock.Advance(TimeSpan.FromMinutes(1));
            await WebApp.UntilHungUpAsync(http);
        });

        await app.HangUpAsync("/", left.Token);
        await left.CancelAsync();

        app.HasCounted("http GET / 200 stream 1");
        Assert.Equal(0, app.Seconds("/"));
    }

    [Fact]
    public async Task Failure_in_what_is_written_over_time_is_an_error()
    {
        await using WebApp app = await StartAsync(async (http, clock) =>
        {
            await http.Response.WriteAsync("{}\n");
            clock.Advance(TimeSpan.FromMinutes(1));
            throw new InvalidOperationException("no");
        });

        await app.SendAsync("/");

        app.HasCounted("http GET / 200 stream 1", "error http / server_error internal 1");
    }

    [Fact]
    public async Task Answer_to_a_message_is_one_answer_however_long_it_is_written()
    {
        WebApp? own = null;
        await using WebApp app = await WebApp.StartAsync(app => app.MapMcp(Primitives.Tool("report", () =>
        {
            own!.Clock.Advance(TimeSpan.FromSeconds(40));
            return 3;
        })));
        own = app;

        await app.PostAsync(Rpc.Call("report"));

        app.HasCounted("http POST /mcp 200 unary 1", "ended tools report success 1");
        Assert.Equal(40, app.Seconds("/mcp"));
    }

    [Fact]
    public async Task Endpoint_of_the_SDK_answers_messages_whoever_opens_them()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", async (HttpContext http, TimeProvider clock) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: progress\n\n");
            ((FakeTimeProvider)clock).Advance(TimeSpan.FromSeconds(40));
            await http.Response.WriteAsync("data: result\n\n");
        }).WithMetadata(new ProducesResponseTypeMetadata(404, typeof(JsonRpcError), ["application/json"])));

        await app.ReadAsync("/mcp", "POST");

        app.HasCounted("http POST /mcp 200 unary 1");
    }

    [Theory]
    [InlineData("/no/class", "stream")]
    [InlineData("/said", "stream")]
    [InlineData("/never", "unary")]
    [InlineData("/metadata", "stream")]
    public async Task Attribute_says_what_it_is(string path, string kind)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.MapGet("/said", [MonitorHttpRequest(Stream = true)] () => "at once");
            app.MapGet("/metadata", () => "at once").WithMetadata(new MonitorHttpRequestAttribute { Stream = true });
            app.MapGet("/no/class", OfClass.At);
            app.MapGet("/never", [MonitorHttpRequest(Stream = false)] async (HttpContext http, TimeProvider clock) =>
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.WriteAsync("data: first\n\n");
                ((FakeTimeProvider)clock).Advance(TimeSpan.FromSeconds(9));
            });
        });

        await app.ReadAsync(path, "GET");

        app.HasCounted($"http GET {path} 200 {kind} 1");
        Assert.Equal(kind == "stream" ? 0 : 9, app.Seconds(path));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Refusal_is_no_stream_though_the_attribute_says_so(int status)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", [MonitorHttpRequest(Stream = true)] () => Results.StatusCode(status)));

        await app.ReadAsync("/a", "GET");

        Assert.Contains($"http GET /a {status} unary 1", app.Counted(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Stream_by_attribute_is_open_and_not_active_from_its_first_byte()
    {
        var released = new TaskCompletionSource();
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/a", [MonitorHttpRequest(Stream = true)] async (HttpContext http) =>
        {
            await http.Response.WriteAsync("{}\n");
            await released.Task;
        }));

        await app.SendAsync("/a", "POST");

        app.HasCounted("http POST /a 200 stream 1", "streams 1");
        released.SetResult();
        app.HasCounted("http POST /a 200 stream 1");
    }

    private static string Label(string verb) => verb == "QUERY" ? "_other" : verb;

    private static async IAsyncEnumerable<int> Items(FakeTimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < 3; i++)
        {
            yield return i;
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static Task<WebApp> StartAsync(Func<HttpContext, FakeTimeProvider, Task> answer) => WebApp.StartAsync(app => app.Map("/", (RequestDelegate)(http =>
        answer(http, (FakeTimeProvider)http.RequestServices.GetRequiredService<TimeProvider>()))));

    [MonitorHttpRequest(Stream = true)]
    private static class OfClass
    {
        public static string At() => "at once";
    }
}
